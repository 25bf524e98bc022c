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

/// Whether the value of a key is read; `depth` is that of its object, from 1.
using NeedsKey = bool (*)(std::size_t depth, std::string_view key);

/// A document without what is not needed: such a file is as large as its prose. Discarded where it
/// is no JSON. The parser of the library that asks for each value costs the square of an object's
/// members.
nlohmann::json parse_needed_json(std::string_view text, NeedsKey needs);

}  // namespace kmodsec
