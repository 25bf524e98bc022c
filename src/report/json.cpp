// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/json.hpp"

#include <string>

#include "base/shown_text.hpp"
#include "base/utc_time.hpp"

namespace kmodsec {

Json json_document(std::string_view verb, const Facts& facts) {
  const KernelState& kernel = facts.kernel;
  Json document;
  document["schema"] = "kmodsec." + std::string(verb) + "/1";
  document["tool"] = {{"name", "kmodsec"}, {"version", KMODSEC_VERSION}};
  document["host"] = {{"name", or_null(facts.host.name)},
                      {"machine_id", or_null(facts.host.machine_id)},
                      {"boot_id", or_null(facts.host.boot_id)}};
  document["time"] = facts.time == 0 ? Json(nullptr) : text_or_null(rfc3339_time(facts.time));
  document["kernel"] = {{"release", or_null(kernel.release)},
                        {"version", or_null(kernel.version)},
                        {"arch", or_null(kernel.arch)}};
  return document;
}

Json to_json(const std::vector<Unseen>& unseen) {
  Json list = Json::array();
  for (const Unseen& gap : unseen) list.push_back({{"what", gap.what}, {"why", gap.why}});
  return list;
}

std::string print_json(const Json& document) { return escaped_json(document.print(2)) + "\n"; }

std::string print_json_line(const Json& document) { return escaped_json(document.print(0)) + "\n"; }

std::string print_head_line(std::string_view verb, const Facts& facts) {
  return print_json_line(json_document(std::string(verb) + "-head", facts));
}

Json to_json(const std::vector<Evidence>& evidence) {
  Json pieces = Json::array();
  for (const Evidence& piece : evidence)
    pieces.push_back({{"source", piece.source},
                      {"line", piece.line ? Json(*piece.line) : Json(nullptr)},
                      {"value", piece.value}});
  return pieces;
}

}  // namespace kmodsec
