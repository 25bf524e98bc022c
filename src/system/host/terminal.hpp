// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>

namespace kmodsec {

/// How many characters a terminal shows.
struct TerminalSize {
  std::size_t columns = 0;
  std::size_t rows = 0;
};

/// Of the terminal that standard output is; nothing where it is none, or does not know its size
/// (TIOCGWINSZ, ioctl_tty(2)).
std::optional<TerminalSize> terminal_size();

/// The same of standard error.
std::optional<TerminalSize> terminal_size_of_errors();

}  // namespace kmodsec
