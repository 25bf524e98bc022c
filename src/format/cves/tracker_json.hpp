// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the readers of trackers' files share.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "format/cves/known_cves.hpp"

namespace kmodsec {

/// The member of an object; null where there is none.
inline const nlohmann::json& member(const nlohmann::json& parent, const char* name) {
  static const nlohmann::json nothing;
  if (!parent.is_object()) return nothing;
  const auto found = parent.find(name);
  return found == parent.end() ? nothing : *found;
}

/// Empty for what is no text.
inline std::string_view text_of(const nlohmann::json& value) {
  return value.is_string() ? std::string_view(value.get_ref<const std::string&>())
                           : std::string_view();
}

/// "CVE-2024-1086" → "2024-1086"; empty for what is no id.
inline std::string_view id_of(std::string_view cve) {
  constexpr std::string_view prefix = "CVE-";
  if (!cve.starts_with(prefix)) return {};
  const std::string_view id = cve.substr(prefix.size());
  return parse_cve_id(id) ? id : std::string_view{};
}

}  // namespace kmodsec
