// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/proc_modules.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

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

std::optional<LoadedModule> parse_line(std::string_view line) {
  LoadedModule module;
  if (line.ends_with(')'))
    module.taint = taint_letters(without_affixes(take_last_word(line), "(", ")"));
  const auto address = parse_address(take_last_word(line));
  const std::string_view state = take_last_word(line);
  const std::string_view users = take_last_word(line);
  const std::string_view refcount = take_last_word(line);
  const auto size = parse_number<std::uint64_t>(take_last_word(line));
  const auto references = parse_number<std::uint64_t>(refcount);
  const bool state_known = state == "Live" || state == "Loading" || state == "Unloading";
  if (!address || !state_known || !size || line.empty() || users.empty()) return std::nullopt;
  if (!references && refcount != "-") return std::nullopt;
  if (!std::ranges::all_of(module.taint, is_letter)) return std::nullopt;

  module.name = utf8_text(line);
  module.size = *size;
  module.refcount = references;
  module.state = state;
  if (*address != 0) module.address = address;
  read_users(users, module);
  return module;
}

}  // namespace

Result<std::vector<LoadedModule>> parse_proc_modules(std::string_view text) {
  std::vector<LoadedModule> modules;
  std::optional<Error> error;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    if (auto module = parse_line(line)) {
      modules.push_back(std::move(*module));
    } else if (!error) {
      error = Error{ErrorKind::malformed, "",
                    fmt::format("line {} is not one that a kernel writes", number)};
    }
  });
  if (error) return std::unexpected(*error);
  return modules;
}

}  // namespace kmodsec
