// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"
#include "model/report.hpp"
#include "model/seen.hpp"
#include "report/json_value.hpp"

namespace kmodsec {

/// The fact, or null where it was not seen.
template <class T>
Json or_null(const Seen<T>& fact) {
  return fact ? Json(*fact) : Json(nullptr);
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

inline Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

/// What every document opens with: its schema, this program, the host and the kernel that it speaks
/// of, and when these were looked at.
Json json_document(std::string_view verb, const Facts& facts);

Json to_json(const std::vector<Unseen>& unseen);

Json to_json(const std::vector<Evidence>& evidence);

/// The bytes of a document, ended by a newline. No character in it can deceive a terminal.
std::string print_json(const Json& document);

/// The same on one line.
std::string print_json_line(const Json& document);

/// The first line of an answer that has a document in each line: what every document opens with.
std::string print_head_line(std::string_view verb, const Facts& facts);

}  // namespace kmodsec
