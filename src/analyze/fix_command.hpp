// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/audit.hpp"

namespace kmodsec {

/// The command that mends what a check found, or looks closer at it, ready to be pasted. Names that
/// a shell could read as anything but a word are left out of it. Where no command does, the one
/// that explains the check.
std::string fix_command(const CheckResult& result);

}  // namespace kmodsec
