// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/budget.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

std::optional<std::uint64_t> number_with_unit(std::string_view text) {
  constexpr std::string_view units = "KMGT";
  constexpr unsigned bits_of_unit = 10;
  unsigned shift = 0;
  if (const std::size_t unit = text.empty() ? std::string_view::npos : units.find(text.back());
      unit != std::string_view::npos) {
    shift = bits_of_unit * (static_cast<unsigned>(unit) + 1);
    text.remove_suffix(1);
  }
  const auto number = parse_number<std::uint64_t>(text);
  if (!number || *number > Limits::none >> shift) return std::nullopt;
  return *number << shift;
}

std::uint64_t* limit_named(std::string_view name, Limits& limits) {
  if (name == "bytes") return &limits.bytes;
  if (name == "entries") return &limits.entries;
  if (name == "seconds") return &limits.seconds;
  return nullptr;
}

}  // namespace

Result<void> set_limit(std::string_view text, Limits& limits) {
  if (text == "none") {
    limits = {Limits::none, Limits::none, Limits::none};
    return {};
  }
  const std::size_t equals = text.find('=');
  std::uint64_t* limit = limit_named(text.substr(0, equals), limits);
  const std::string_view told =
      equals == std::string_view::npos ? std::string_view{} : text.substr(equals + 1);
  const auto number = told == "none" ? std::optional(Limits::none) : number_with_unit(told);
  if (limit == nullptr || !number)
    return failure(ErrorKind::usage, "--limit",
                   "takes none, or bytes, entries or seconds with a number, such as bytes=64G");
  *limit = *number;
  return {};
}

void Budget::take_words(std::string_view text) {
  const auto ends_word = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
  take_entries(static_cast<std::uint64_t>(std::ranges::count_if(text, ends_word)));
}

Result<void> Budget::check(std::string_view subject) {
  if (clock_ != nullptr && limits_.seconds != Limits::none && clock_() > limits_.seconds)
    spent_ = Kind::seconds;
  const auto why = why_spent();
  if (!why) return {};
  return failure(ErrorKind::too_large, utf8_text(subject), *why);
}

std::optional<std::string> Budget::why_spent() const {
  switch (spent_.load()) {
    case Kind::nothing: return std::nullopt;
    case Kind::bytes:
      return fmt::format("not looked at: this run may unpack {} bytes (--limit bytes=N)",
                         limits_.bytes);
    case Kind::entries:
      return fmt::format("not looked at: this run may look at {} entries (--limit entries=N)",
                         limits_.entries);
    case Kind::seconds:
      return fmt::format("not looked at: this run may work for {} seconds (--limit seconds=N)",
                         limits_.seconds);
  }
  return std::nullopt;
}

}  // namespace kmodsec
