// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <string_view>

namespace kmodsec {

/// What stands behind the last slash of a path; all of it where there is none.
inline std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

/// Letters, digits and `._+~-`, which no shell, unit or rule takes for more than a part of a word.
inline bool is_plain_text(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._+~-").contains(c);
  });
}

/// An absolute path of plain text, without "." and "..", that leads to something below "/".
inline bool is_plain_path(std::string_view path) {
  if (!path.starts_with('/')) return false;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view part = path.substr(0, path.find('/'));
    if (part.empty() || part == "." || part == ".." || !is_plain_text(part)) return false;
    path.remove_prefix(part.size());
  }
  return true;
}

}  // namespace kmodsec
