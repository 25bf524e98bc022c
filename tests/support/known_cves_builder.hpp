// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/facts.hpp"

namespace kmodsec::test {

/// Tables of 2026-08-21 that know the branch 6.1 to 6.1.183, with these rows (see
/// docs/cve-tables.md).
KnownCves known_cves(const std::string& rows);

/// A healthy machine with a kernel of upstream's 6.1.100, these rows, and the modules "dummy"
/// (loaded), "isofs" and "udf" (to be loaded) and "ext4" (built in), of which anybody in a user
/// namespace can mount isofs.
Facts machine_with_cves(const std::string& rows);

}  // namespace kmodsec::test
