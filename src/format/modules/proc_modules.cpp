// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/proc_modules.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace kmodsec {
namespace {

/// Takes the last word off the end of a line.
std::string_view take_last_word(std::string_view& line) {
  const std::size_t blank = line.rfind(' ');
  const std::string_view word = blank == std::string_view::npos ? line : line.substr(blank + 1);
  line = line.substr(0, blank == std::string_view::npos ? 0 : blank);
  return word;
}

std::string_view without_affixes(std::string_view text, std::string_view first,
                                 std::string_view last) {
  if (!text.starts_with(first) || !text.ends_with(last) || text.size() < first.size() + last.size())
    return {};
  return text.substr(first.size(), text.size() - first.size() - last.size());
}

bool is_letter(char c) { return c > ' ' && c <= '~'; }

/// Letters only: while a module comes or goes, the kernel adds `+` or `-`.
std::string taint_letters(std::string_view flags) {
  std::string letters(flags);
  std::erase_if(letters, [](char c) { return c == '+' || c == '-'; });
  return letters;
}

std::optional<std::uint64_t> parse_address(std::string_view word) {
  if (!word.starts_with("0x")) return std::nullopt;
  return parse_number<std::uint64_t>(word.substr(2), 16);
}

void read_users(std::string_view users, LoadedModule& module) {
  for (const std::string_view user : split(users, ',')) {
    if (user == "[permanent]") {
      module.permanent = true;
    } else if (user != "-") {
      module.used_by.push_back(utf8_text(user));
    }
  }
}

/// The kernel counts from -1: that is what a module shows that is going (linux:
/// kernel/module/main.c, module_refcount). "-" is of a kernel that cannot unload.
bool parse_refcount(std::string_view word, std::optional<std::uint64_t>& refcount) {
  if (word == "-") return true;
  refcount = word == "-1" ? 0 : parse_number<std::uint64_t>(word);
  return refcount.has_value();
}

std::optional<LoadedModule> parse_line(std::string_view line) {
  LoadedModule module;
  if (line.ends_with(')'))
    module.taint = taint_letters(without_affixes(take_last_word(line), "(", ")"));
  const auto address = parse_address(take_last_word(line));
  const std::string_view state = take_last_word(line);
  const std::string_view users = take_last_word(line);
  const std::string_view refcount = take_last_word(line);
  const auto size = parse_number<std::uint64_t>(take_last_word(line));
  const bool state_known = state == "Live" || state == "Loading" || state == "Unloading";
  if (!address || !state_known || !size || line.empty() || users.empty()) return std::nullopt;
  if (!parse_refcount(refcount, module.refcount)) return std::nullopt;
  if (!std::ranges::all_of(module.taint, is_letter)) return std::nullopt;

  module.name = utf8_text(line);
  module.size = *size;
  module.state = state;
  if (*address != 0) module.address = address;
  read_users(users, module);
  return module;
}

}  // namespace

Result<LoadedList> parse_proc_modules(std::string_view text) {
  LoadedList list;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    if (auto module = parse_line(line))
      list.modules.push_back(std::move(*module));
    else
      list.unread_lines.push_back(number);
  });
  if (list.modules.empty() && !list.unread_lines.empty())
    return failure(ErrorKind::malformed, "", "no line of it is one that a kernel writes");
  return list;
}

}  // namespace kmodsec
