// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "model/loading/load_config.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Which init a host starts: by /run/systemd/system where it runs, by `init=` of the kernel's
/// command line, or by where /sbin/init leads. Where nothing shows it, what is installed does.
HostInit collect_host_init(const Root& root, std::string_view command_line);

}  // namespace kmodsec
