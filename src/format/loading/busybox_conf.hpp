// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/loading/load_config.hpp"

namespace kmodsec {

/// One file of modprobe.d as busybox reads it.
struct BusyboxConf {
  std::vector<ConfigLine> lines;      ///< alias, options and blacklist; it knows no others.
  std::vector<std::string> includes;  ///< Files or folders, as they are written.
};

/// What busybox makes of a file (busybox 1.35: modutils/modprobe.c, config_file_action, and
/// libbb/parse_config.c): `#` starts a comment anywhere, a backslash at the end joins the next
/// line, and install, remove and softdep lines are passed over. Names are `busybox_name`s, those of
/// alias lines patterns.
BusyboxConf parse_busybox_conf(std::string_view text, const std::string& source);

}  // namespace kmodsec
