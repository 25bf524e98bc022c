// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "support/memory_root.hpp"

namespace kmodsec::test {

/// What every installed Linux has, so that what else is not found is known not to be there.
void add_whole_installation(MemoryRoot& root);

/// What the kernel of every running Linux shows, one that started through EFI.
void add_whole_kernel_state(MemoryRoot& root);

}  // namespace kmodsec::test
