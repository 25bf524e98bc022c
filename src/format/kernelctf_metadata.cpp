// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernelctf_metadata.hpp"

#include <nlohmann/json.hpp>

#include "format/json.hpp"
#include "format/known_holes.hpp"

namespace kmodsec {
namespace {

using nlohmann::json;

const json& member(const json& parent, const char* name) {
  static const json nothing;
  if (!parent.is_object()) return nothing;
  const auto found = parent.find(name);
  return found == parent.end() ? nothing : *found;
}

}  // namespace

Result<KernelCtfExploit> parse_kernelctf_metadata(std::string_view text) {
  const json document = parse_json(text);
  const json& vulnerability = member(document, "vulnerability");
  const json& cve = member(vulnerability, "cve");
  const std::string id = cve.is_string() ? cve.get<std::string>() : "";
  if (!id.starts_with("CVE-") || !parse_hole_id(std::string_view(id).substr(4)))
    return failure(ErrorKind::malformed, "", "names no CVE");
  const json& capabilities = member(member(vulnerability, "requirements"), "capabilities");
  const bool takes_some = capabilities.is_array() && !capabilities.empty();
  return KernelCtfExploit{id.substr(4), takes_some ? "userns" : "user"};
}

}  // namespace kmodsec
