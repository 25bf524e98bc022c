// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

namespace kmodsec {

namespace {

std::optional<TerminalSize> size_of(int descriptor) {
  winsize size{};
  if (::isatty(descriptor) != 1 || ::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return std::nullopt;
  return TerminalSize{size.ws_col, size.ws_row};
}

}  // namespace

std::optional<TerminalSize> terminal_size() { return size_of(STDOUT_FILENO); }

std::optional<TerminalSize> terminal_size_of_errors() { return size_of(STDERR_FILENO); }

}  // namespace kmodsec
