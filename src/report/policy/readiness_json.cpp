// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/json.hpp"
#include "report/policy/readiness_report.hpp"

namespace kmodsec {
namespace {

Json concerns_json(const std::vector<FreezeConcern>& concerns) {
  Json list = Json::array();
  for (const FreezeConcern& concern : concerns)
    list.push_back({{"module", text_or_null(concern.module)}, {"why", concern.why}});
  return list;
}

}  // namespace

std::string print_readiness_json(const Readiness& readiness, const Facts& facts) {
  Json document = json_document("freeze", facts);
  document["level"] = to_string(readiness.level);
  document["frozen"] = readiness.is_frozen;
  document["ready"] = readiness.is_ready();
  document["missing"] = concerns_json(readiness.missing);
  document["afterwards"] = concerns_json(readiness.afterwards);
  document["unseen"] = to_json(readiness.unseen);
  return print_json(document);
}

}  // namespace kmodsec
