// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/host/module_name.hpp"

#include <algorithm>
#include <array>

#include "base/path.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 4> endings = {".ko", ".ko.gz", ".ko.xz", ".ko.zst"};

std::string_view without_ending(std::string_view name) {
  for (const std::string_view ending : endings) {
    if (name.size() > ending.size() && name.ends_with(ending)) {
      return name.substr(0, name.size() - ending.size());
    }
  }
  return name;
}

}  // namespace

bool is_module_file(std::string_view name) {
  const std::string_view file = file_name(name);
  return without_ending(file).size() != file.size();
}

bool is_module_name(std::string_view name) {
  constexpr std::size_t longest = 55;
  return !name.empty() && name.size() <= longest && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::string normalized_module_name(std::string_view name) {
  std::string normalized(name);
  std::ranges::replace(normalized, '-', '_');
  return normalized;
}

std::optional<std::string> normalized_pattern(std::string_view pattern) {
  std::string normalized(pattern);
  bool in_brackets = false;
  for (char& c : normalized) {
    if (c == ']' && !in_brackets) return std::nullopt;
    if (c == '[') in_brackets = true;
    if (c == ']') in_brackets = false;
    if (c == '-' && !in_brackets) c = '_';
  }
  if (in_brackets) return std::nullopt;
  return normalized;
}

std::string busybox_name(std::string_view name) {
  constexpr std::size_t longest = 63;
  return normalized_module_name(name.substr(0, std::min(name.find('.'), longest)));
}

bool starts_as_alias(std::string_view text, std::string_view start) {
  const auto dash = [](char c) { return c == '_' ? '-' : c; };
  return text.size() >= start.size() &&
         std::ranges::equal(text.substr(0, start.size()), start, {}, dash, dash);
}

std::string module_name_of_path(std::string_view path) {
  const std::string_view file = file_name(path);
  return normalized_module_name(file.substr(0, file.find('.')));
}

}  // namespace kmodsec
