// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>

#include "model/report.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Why an audit log without loads proves nothing: no rule of the kernel, or where that cannot be
/// asked none on the disk, records the calls that load modules. Nothing where the rules record
/// them.
std::optional<Unseen> unrecorded_loads(const Root& root);

}  // namespace kmodsec
