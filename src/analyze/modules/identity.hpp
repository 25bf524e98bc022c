// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/derived.hpp"
#include "model/modules/identity.hpp"

namespace kmodsec {

/// Holds the build-id, the type information and the hash of the sources that the loaded module
/// shows against its file. Equality is no proof of integrity: a file that was patched after it was
/// linked keeps its build-id, which is why the signature counts too.
Identity compare_with_file(const LoadedWithFile& module, const Facts& facts,
                           const ModuleTree* tree);

}  // namespace kmodsec
