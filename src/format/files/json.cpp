// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/json.hpp"

#include <algorithm>
#include <cstddef>

namespace kmodsec {
namespace {

constexpr std::size_t deepest = 64;

/// Behind the text that starts at `at`, or at the end where it has none.
std::size_t behind_text(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return at + 1;
}

}  // namespace

bool is_shallow_json(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (depth > deepest) return false;
    at = c == '"' ? behind_text(text, at) : at + 1;
  }
  return true;
}

std::uint64_t most_json_values(std::string_view text) {
  return 1 + static_cast<std::uint64_t>(std::ranges::count_if(
                 text, [](char one) { return one == ',' || one == '[' || one == '{'; }));
}

template <class Json>
Json parse_json(std::string_view text) {
  if (!is_shallow_json(text)) return Json(Json::value_t::discarded);
  return Json::parse(text, nullptr, false);
}

template <class Json>
std::string dump_json(const Json& document, int indent) {
  return document.dump(indent, ' ', false, Json::error_handler_t::replace);
}

template nlohmann::json parse_json(std::string_view text);
template nlohmann::ordered_json parse_json(std::string_view text);
template std::string dump_json(const nlohmann::json& document, int indent);
template std::string dump_json(const nlohmann::ordered_json& document, int indent);

}  // namespace kmodsec
