// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/source_path.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t longest_path = 512;

bool is_allowed(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || std::string_view("/_.+,@-").contains(letter);
}

}  // namespace

bool is_source_path(std::string_view path) {
  if (path.empty() || path.size() > longest_path || path.front() == '/' || path.back() == '/')
    return false;
  if (!std::ranges::all_of(path, is_allowed) || path.contains("//")) return false;
  return std::ranges::none_of(split(path, '/'),
                              [](std::string_view piece) { return piece == "." || piece == ".."; });
}

std::string resolved_source_path(std::string_view path) {
  std::vector<std::string> pieces;
  for (const std::string_view piece : split(path, '/')) {
    if (piece == ".") continue;
    if (piece != "..") {
      pieces.emplace_back(piece);
    } else if (pieces.empty()) {
      return {};
    } else {
      pieces.pop_back();
    }
  }
  return join(pieces, "/");
}

}  // namespace kmodsec
