// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "base/path.hpp"

namespace kmodsec {

/// A program whose only deed is to end with an error (data/deny-programs.tsv).
struct DenyProgram {
  std::string_view path;
  std::string_view of;  ///< Whose it is.
};

std::span<const DenyProgram> shipped_deny_programs();

/// What each shell does itself, whatever program of that name there is (sh(1)).
inline bool is_shell_word(std::string_view word) {
  constexpr std::array<std::string_view, 4> words = {":", "exit", "false", "true"};
  return std::ranges::find(words, word) != words.end();
}

inline bool is_shipped_deny_program(std::string_view path) {
  return std::ranges::find(shipped_deny_programs(), path, &DenyProgram::path) !=
         shipped_deny_programs().end();
}

/// What an install line names to deny a module, by its name. Which arguments it has does not matter
/// here.
inline bool is_named_to_deny(std::string_view program) {
  constexpr std::array<std::string_view, 4> names = {"false", "true", "busybox", "toybox"};
  return std::ranges::find(names, file_name(program)) != names.end() ||
         is_shipped_deny_program(program);
}

}  // namespace kmodsec
