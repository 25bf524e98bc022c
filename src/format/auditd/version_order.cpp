// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/version_order.hpp"

#include <algorithm>
#include <cstddef>

#include "base/text.hpp"

namespace kmodsec {
namespace {

bool is_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

/// A name without its endings: (\.[A-Za-z~][A-Za-z0-9~]*)*$
std::string_view without_endings(std::string_view name) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < name.size();) {
    kept = ++i;
    while (i + 1 < name.size() && name[i] == '.' && (is_letter(name[i + 1]) || name[i + 1] == '~'))
      for (i += 2; i < name.size() && (is_letter(name[i]) || is_digit(name[i]) || name[i] == '~');)
        ++i;
  }
  return name.substr(0, kept);
}

/// What a letter weighs outside of numbers; the end of the name weighs -1.
int weight(std::string_view name, std::size_t at) {
  if (at >= name.size()) return -1;
  const char letter = name[at];
  if (is_digit(letter)) return 0;
  if (is_letter(letter)) return letter;
  return letter == '~' ? -2 : static_cast<unsigned char>(letter) + 256;
}

/// The digits at the front without zeros before them, taken off the name.
std::string_view take_number(std::string_view& name) {
  name.remove_prefix(std::min(name.find_first_not_of('0'), name.size()));
  const auto length =
      static_cast<std::size_t>(std::ranges::find_if_not(name, is_digit) - name.begin());
  const std::string_view digits = name.substr(0, length);
  name.remove_prefix(length);
  return digits;
}

int compare_parts(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    while ((!a.empty() && !is_digit(a.front())) || (!b.empty() && !is_digit(b.front()))) {
      if (const int difference = weight(a, 0) - weight(b, 0); difference != 0) return difference;
      a.remove_prefix(std::min<std::size_t>(1, a.size()));
      b.remove_prefix(std::min<std::size_t>(1, b.size()));
    }
    const std::string_view left = take_number(a);
    const std::string_view right = take_number(b);
    if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
    if (const int difference = left.compare(right); difference != 0) return difference;
  }
  return 0;
}

}  // namespace

bool is_before_by_version(std::string_view a, std::string_view b) {
  const std::string_view head_of_a = without_endings(a);
  const std::string_view head_of_b = without_endings(b);
  int order = compare_parts(head_of_a, head_of_b);
  if (order == 0 && (head_of_a != a || head_of_b != b)) order = compare_parts(a, b);
  return order != 0 ? order < 0 : a < b;
}

}  // namespace kmodsec
