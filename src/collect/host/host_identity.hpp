// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/host/host_identity.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What names the host in every document.
HostIdentity collect_host_identity(const Root& root);

}  // namespace kmodsec
