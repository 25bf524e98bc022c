// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

namespace kmodsec {

/// Where the running program lies; /usr/bin/kmodsec when the kernel does not tell.
std::string own_program();

}  // namespace kmodsec
