// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/package_version.hpp"

#include <algorithm>
#include <cstddef>

#include "base/text.hpp"

namespace kmodsec {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The weight of the sign at the start, of what is no number: 0 for the end, and for a digit.
int weight_at_start(std::string_view text) {
  constexpr int above_letters = 256;
  if (text.empty() || is_digit(text.front())) return 0;
  const char c = text.front();
  if (is_letter(c)) return c;
  return c == '~' ? -1 : static_cast<unsigned char>(c) + above_letters;
}

/// Cuts the digits off the start of the text, and leaves out leading zeros.
std::string_view take_number(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  std::string_view number = text.substr(0, end);
  text.remove_prefix(end);
  number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
  return number;
}

/// As verrevcmp() of dpkg.
std::strong_ordering compare_parts(std::string_view left, std::string_view right) {
  while (!left.empty() || !right.empty()) {
    while ((!left.empty() && !is_digit(left.front())) ||
           (!right.empty() && !is_digit(right.front()))) {
      const auto order = weight_at_start(left) <=> weight_at_start(right);
      if (order != 0) return order;
      left.remove_prefix(std::min<std::size_t>(1, left.size()));
      right.remove_prefix(std::min<std::size_t>(1, right.size()));
    }
    const std::string_view left_number = take_number(left);
    const std::string_view right_number = take_number(right);
    if (const auto order = left_number.size() <=> right_number.size(); order != 0) return order;
    if (const auto order = left_number <=> right_number; order != 0) return order;
  }
  return std::strong_ordering::equal;
}

struct Parts {
  std::string_view epoch;
  std::string_view upstream;
  std::string_view revision;
};

Parts take_apart(std::string_view version) {
  Parts parts{.epoch = {}, .upstream = version, .revision = {}};
  if (const std::size_t colon = version.find(':'); colon != std::string_view::npos) {
    parts.epoch = version.substr(0, colon);
    parts.upstream = version.substr(colon + 1);
  }
  if (const std::size_t dash = parts.upstream.rfind('-'); dash != std::string_view::npos) {
    parts.revision = parts.upstream.substr(dash + 1);
    parts.upstream = parts.upstream.substr(0, dash);
  }
  return parts;
}

}  // namespace

std::strong_ordering compare_package_versions(std::string_view left, std::string_view right) {
  const Parts a = take_apart(left);
  const Parts b = take_apart(right);
  if (const auto order = compare_parts(a.epoch, b.epoch); order != 0) return order;
  if (const auto order = compare_parts(a.upstream, b.upstream); order != 0) return order;
  return compare_parts(a.revision, b.revision);
}

}  // namespace kmodsec
