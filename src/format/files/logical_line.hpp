// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kmodsec {

struct LogicalLine {
  std::string text;
  std::size_t number = 0;  ///< Of the first of its lines.
  bool ends_in_backslash = false;
};

/// Takes the next line of modprobe.d or depmod.d. A backslash before a newline joins two lines;
/// before anything else it vanishes and the next byte stands for itself (kmod: shared/util.c,
/// freadline_wrapped).
LogicalLine take_logical_line(std::string_view& text, std::size_t& number);

}  // namespace kmodsec
