// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "system/files/root.hpp"

namespace kmodsec {

/// The dkms.conf of each source that DKMS built this module of a kernel from: it keeps the same
/// code, packed and signed as may be, and nobody but root may write what it keeps, or its source.
/// That a file there has the name of the module proves nothing. `module` is its name, `path` its
/// file.
std::vector<std::string> dkms_sources_of(const Root& root, const std::string& release,
                                         const std::string& module, const std::string& path);

}  // namespace kmodsec
