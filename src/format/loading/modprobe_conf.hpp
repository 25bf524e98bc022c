// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/loading/load_config.hpp"

namespace kmodsec {

/// One file as libkmod reads it (kmod: libkmod/libkmod-config.c, kmod_config_parse): a backslash at
/// the end joins the next line, also to a comment; `#` starts a comment only as the first
/// character; words part at blanks and tabs; nothing counts after a NUL.
LoadConfig parse_modprobe_conf(std::string_view text, const std::string& source);

}  // namespace kmodsec
