// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

struct Mount {
  std::string mount_point;
  std::string type;
  std::string source;
};

/// /proc/self/mountinfo: "ID PARENT MAJ:MIN ROOT POINT OPTIONS [TAGS…] - TYPE SOURCE OPTIONS", with
/// blanks and backslashes as octal escapes (proc(5)). Lines of another form are left out.
std::vector<Mount> parse_mountinfo(std::string_view text);

}  // namespace kmodsec
