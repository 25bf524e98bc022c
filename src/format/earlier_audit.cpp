// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/earlier_audit.hpp"

#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

#include "format/files/json.hpp"

namespace kmodsec {
namespace {

constexpr std::uint64_t most_values = 4'000'000;
constexpr std::string_view schema = "kmodsec.audit/1";

/// Null where the object has no such member, or is none.
const nlohmann::json& member(const nlohmann::json& parent, const char* name) {
  static const nlohmann::json nothing;
  if (!parent.is_object()) return nothing;
  const auto found = parent.find(name);
  return found == parent.end() ? nothing : *found;
}

/// Empty for null.
std::string optional_text(const nlohmann::json& parent, const char* name) {
  const nlohmann::json& value = member(parent, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::string text(const nlohmann::json& parent, const char* name) {
  const nlohmann::json& value = member(parent, name);
  if (!value.is_string()) throw std::invalid_argument(std::string("a text is missing: ") + name);
  return value.get<std::string>();
}

const nlohmann::json::array_t& list(const nlohmann::json& parent, const char* name) {
  const nlohmann::json& value = member(parent, name);
  if (!value.is_array()) throw std::invalid_argument(std::string("a list is missing: ") + name);
  return value.get_ref<const nlohmann::json::array_t&>();
}

EarlierAudit read_audit(const nlohmann::json& document) {
  const nlohmann::json& host = member(document, "host");
  const nlohmann::json& all_modules = member(document, "all_modules");
  const bool looked_at_less = all_modules.is_boolean() && !all_modules.get<bool>();
  EarlierAudit audit{.host = optional_text(host, "name"),
                     .machine_id = optional_text(host, "machine_id"),
                     .time = optional_text(document, "time"),
                     .all_modules = !looked_at_less,
                     .findings = {},
                     .unseen = {}};
  for (const nlohmann::json& check : list(document, "checks")) {
    const std::string id = text(check, "id");
    for (const nlohmann::json& finding : list(check, "findings"))
      audit.findings.push_back({id, text(finding, "subject"), text(finding, "message")});
  }
  for (const nlohmann::json& gap : list(document, "unseen"))
    audit.unseen.push_back({text(gap, "what"), text(gap, "why")});
  return audit;
}

}  // namespace

Result<EarlierAudit> parse_earlier_audit(std::string_view bytes) {
  if (bytes.size() > earlier_audit_limit || most_json_values(bytes) > most_values)
    return failure(ErrorKind::too_large, "", "larger than an answer of 'kmodsec audit'");
  const nlohmann::json document = parse_json(bytes);
  if (document.is_discarded() || optional_text(document, "schema") != schema)
    return failure(ErrorKind::malformed, "", "no answer of 'kmodsec audit --format json'");
  try {
    return read_audit(document);
  } catch (const std::invalid_argument& problem) {
    return failure(
        ErrorKind::malformed, "",
        std::string("no whole answer of 'kmodsec audit --format json': ") + problem.what());
  }
}

}  // namespace kmodsec
