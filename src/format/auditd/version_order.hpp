// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace kmodsec {

/// Whether `ls -v` puts the name `a` before `b` (coreutils 9.1: src/ls.c, cmp_version; gnulib:
/// lib/filevercmp.c): numbers count by their value, "~" comes before the end of a name, and what
/// looks like an ending counts last. The order does not depend on a locale.
bool is_before_by_version(std::string_view a, std::string_view b);

}  // namespace kmodsec
