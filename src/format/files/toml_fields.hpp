// SPDX-License-Identifier: GPL-2.0-or-later
// Strict reading of TOML: whatever a reader does not expect is an error that names its line.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"
#include "format/files/toml.hpp"
#include "format/files/toml_shape.hpp"

namespace kmodsec {

/// Ends the reading of a document; only below `read_toml`.
[[noreturn]] void complain(const toml::source_region& where, const std::string& what);

std::unexpected<Error> toml_failure(const toml::parse_error& problem);

/// What `read` makes of a document, or the first complaint.
template <class Read>
auto read_toml(std::string_view text, Read read)
    -> Result<std::invoke_result_t<Read, const toml::table&>> {
  if (auto flat = is_flat_toml(text); !flat) return std::unexpected(flat.error());
  try {
    return read(toml::parse(text));
  } catch (const toml::parse_error& problem) {
    return toml_failure(problem);
  } catch (const std::invalid_argument& problem) {
    return failure(ErrorKind::malformed, "", problem.what());
  }
}

void expect_keys(const toml::table& table, std::string_view place,
                 std::initializer_list<std::string_view> keys);

/// Null when the document has no such table.
const toml::table* table_at(const toml::table& document, std::string_view key);

std::string required_text(const toml::table& table, std::string_view key);

/// Empty when the table has no such key; an empty text is an error.
std::string optional_text(const toml::table& table, std::string_view key);

/// Empty when the table has no such key.
const toml::array& array_at(const toml::table& table, std::string_view key);

std::string text_of(const toml::node& node, std::string_view what);

/// Lower-case letters, digits and hyphens; `of` is the word for what has such a name.
std::string profile_name_of(const toml::node& node, std::string_view of = "profile");

/// `until` of an [[exception]] or a [[waiver]], in seconds since 1970-01-01T00:00:00Z. A day is its
/// last second, in UTC.
std::int64_t exception_end(const toml::table& table);

}  // namespace kmodsec
