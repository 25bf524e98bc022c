// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace kmodsec {

/// Whether no value lies deeper than all that we read. nlohmann's parser takes any depth, but its
/// values are copied, compared and printed one inside of the other.
bool is_shallow_json(std::string_view text);

/// How many values a document may have: each is behind a comma or a bracket, or is the whole. Those
/// in its texts count too.
std::uint64_t most_json_values(std::string_view text);

/// Discarded where the text is no JSON, or too deep. nlohmann's parser and printer are compiled
/// once for both of its kinds of documents, `nlohmann::json` and `ordered_json`, and not into each
/// user.
template <class Json = nlohmann::json>
Json parse_json(std::string_view text);

/// In lines that are indented by `indent`, or in one line where that is -1. Text that is no UTF-8
/// is replaced.
template <class Json>
std::string dump_json(const Json& document, int indent);

}  // namespace kmodsec
