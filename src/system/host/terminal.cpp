// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

namespace kmodsec {

std::optional<TerminalSize> terminal_size() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) != 1 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
      size.ws_col == 0)
    return std::nullopt;
  return TerminalSize{size.ws_col, size.ws_row};
}

}  // namespace kmodsec
