// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/cves/kernel_changelog.hpp"
#include "model/seen.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What the changelog in the package of this kernel says of vulnerabilities. Debian's packages have
/// one as a file, those of rpm in its database.
Seen<KernelChangelog> collect_kernel_changelog(const Root& root, const std::string& release);

}  // namespace kmodsec
