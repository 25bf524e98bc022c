// SPDX-License-Identifier: GPL-2.0-or-later
//
// /var/log/dpkg.log (dpkg.cfg(5), --log): "YYYY-MM-DD HH:MM:SS ACTION PACKAGE:ARCH FROM TO".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// A line that tells of a package that came, changed or went.
struct DpkgLogLine {
  std::string time;    ///< As written, in the local time of the host: "2026-11-25 14:02:11".
  std::string action;  ///< "install", "upgrade", "remove" or "purge".
  std::string package;
  std::string from;  ///< Version; empty where there was none.
  std::string to;    ///< Version; empty where none is left.
};

/// Other lines are passed over, and so is what is no line of this log.
std::vector<DpkgLogLine> parse_dpkg_log(std::string_view text);

}  // namespace kmodsec
