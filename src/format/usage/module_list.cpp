// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/usage/module_list.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/host/module_name.hpp"
#include "model/usage/usage_record.hpp"

namespace kmodsec {
namespace {

using Words = std::vector<std::string_view>;

/// What lsmod(8) prints first; it is not translated (kmod: tools/lsmod.c).
bool is_title_of_lsmod(const Words& words) {
  return words.size() >= 2 && words[0] == "Module" && words[1] == "Size";
}

/// "NAME SIZE REFERENCES ...", where "-" is the count of a kernel that cannot unload.
bool is_line_of_lsmod(const Words& words) {
  return words.size() >= 3 && parse_number<std::uint64_t>(words[1]) &&
         (words[2] == "-" || parse_number<std::int64_t>(words[2]));
}

std::optional<std::string> name_in(std::string_view word) {
  const bool is_path = word.find('/') != std::string_view::npos || is_module_file(word);
  std::string name = is_path ? module_name_of_path(word) : normalized_module_name(word);
  if (!is_module_name(name)) return std::nullopt;
  return name;
}

std::optional<std::string> name_in(const Words& words) {
  if (words.size() != 1 && !is_line_of_lsmod(words)) return std::nullopt;
  return name_in(words.front());
}

void sort_each_once(std::vector<std::string>& names) {
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
}

}  // namespace

Result<ModuleList> parse_module_list(std::string_view text) {
  ModuleList list;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    const Words words = split_words(trim(line.substr(0, line.find('#'))));
    if (words.empty() || is_title_of_lsmod(words)) return;
    if (auto name = name_in(words))
      list.names.push_back(std::move(*name));
    else
      list.unread_lines.push_back(number);
  });
  if (list.names.empty())
    return failure(ErrorKind::malformed, "", "no list of modules: no line of it names one");
  sort_each_once(list.names);
  if (list.names.size() > most_recorded_modules)
    return failure(ErrorKind::too_large, "",
                   fmt::format("more than {} modules", most_recorded_modules));
  return list;
}

}  // namespace kmodsec
