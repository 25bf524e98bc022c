// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/toml_fields.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace kmodsec {
namespace {

/// Midnight, in UTC.
std::chrono::seconds begin_of(const toml::date& date) {
  const std::chrono::year_month_day day{std::chrono::year{date.year},
                                        std::chrono::month{date.month}, std::chrono::day{date.day}};
  return std::chrono::sys_days{day}.time_since_epoch();
}

}  // namespace

void complain(const toml::source_region& where, const std::string& what) {
  throw toml::parse_error(what.c_str(), where);
}

std::unexpected<Error> toml_failure(const toml::parse_error& problem) {
  return failure(
      ErrorKind::malformed, "",
      fmt::format("line {}: {}", problem.source().begin.line, utf8_text(problem.description())));
}

void expect_keys(const toml::table& table, std::string_view place,
                 std::initializer_list<std::string_view> keys) {
  for (const auto& [key, node] : table) {
    if (std::ranges::find(keys, key.str()) != keys.end()) continue;
    const auto hint = nearest(key.str(), {keys.begin(), keys.end()});
    complain(key.source(), fmt::format("unknown key '{}' in {}{}", utf8_text(key.str()), place,
                                       hint ? "; did you mean " + *hint + "?" : ""));
  }
}

const toml::table* table_at(const toml::table& document, std::string_view key) {
  const toml::node* node = document.get(key);
  if (!node) return nullptr;
  if (!node->is_table()) complain(node->source(), fmt::format("{} is not a table", key));
  return node->as_table();
}

std::string required_text(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (!node) complain(table.source(), fmt::format("{} is missing", key));
  return text_of(*node, key);
}

std::string optional_text(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  return node ? text_of(*node, key) : "";
}

const toml::array& array_at(const toml::table& table, std::string_view key) {
  static const toml::array none;
  const toml::node* node = table.get(key);
  if (!node) return none;
  if (!node->is_array()) complain(node->source(), fmt::format("{} is not a list", key));
  return *node->as_array();
}

std::string text_of(const toml::node& node, std::string_view what) {
  const auto text = node.value<std::string_view>();
  if (!text || trim(*text).empty())
    complain(node.source(), fmt::format("{} is not a text, or is empty", what));
  return utf8_text(*text);
}

std::string profile_name_of(const toml::node& node, std::string_view of) {
  constexpr std::size_t longest = 64;
  std::string name = text_of(node, fmt::format("the name of a {}", of));
  const bool good = std::ranges::all_of(
      name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
  if (!good || name.size() > longest || name.starts_with('-'))
    complain(node.source(), fmt::format("'{}' is not the name of a {}", name, of));
  return name;
}

std::int64_t exception_end(const toml::table& table) {
  const toml::node* node = table.get("until");
  if (node == nullptr) complain(table.source(), "until is missing");
  if (const auto* day = node->as_date())
    return (begin_of(day->get()) + std::chrono::days{1} - std::chrono::seconds{1}).count();
  const auto* moment = node->as_date_time();
  if (moment == nullptr || !(*moment)->offset)
    complain(node->source(),
             "until is neither a day, such as 2027-01-31, nor a time with its zone, such as "
             "2027-01-31T18:00:00Z");
  const toml::date_time& value = moment->get();
  const auto within = std::chrono::hours{value.time.hour} +
                      std::chrono::minutes{value.time.minute - value.offset->minutes} +
                      std::chrono::seconds{value.time.second};
  return std::chrono::duration_cast<std::chrono::seconds>(begin_of(value.date) + within).count();
}

}  // namespace kmodsec
