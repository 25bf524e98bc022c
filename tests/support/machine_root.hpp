// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "support/memory_root.hpp"

namespace kmodsec::test {

/// A small Debian host as files: kernel state, two loaded modules, their tree, dpkg's database,
/// configuration. In good order: every check passes or does not apply.
MemoryRoot machine_root();

/// Of the key that signs its modules, as DER.
std::string machine_root_certificate();

}  // namespace kmodsec::test
