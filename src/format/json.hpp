// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

namespace kmodsec {

/// Whether no value lies deeper than all that we read. nlohmann's parser takes any depth, but its
/// values are copied, compared and printed one inside of the other.
bool is_shallow_json(std::string_view text);

/// Discarded where the text is no JSON, or too deep.
template <class Json = nlohmann::json>
Json parse_json(std::string_view text) {
  if (!is_shallow_json(text)) return Json(Json::value_t::discarded);
  return Json::parse(text, nullptr, false);
}

}  // namespace kmodsec
