// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/status.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// The first screen: at most 15 lines of 80 columns.
std::string print_status_text(const HostStatus& status, const Style& style);

/// Its first lines, which an audit begins with: the verdict, the kernel, and what is in it or could
/// be.
std::string print_glance(const HostStatus& status, const Style& style);

/// The document `kmodsec.status/1`.
std::string print_status_json(const HostStatus& status);

}  // namespace kmodsec
