// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// "fd=3", "flags=0x0": what a0 to a2 of a SYSCALL record are for a call that loads or unloads a
/// module. An argument that the record lacks is left out.
std::vector<std::string> describe_audit_arguments(std::string_view call, std::string_view fields);

}  // namespace kmodsec
