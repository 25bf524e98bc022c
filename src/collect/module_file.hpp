// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/module.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// Reads one module file once and derives everything from the same bytes: fields, signature,
/// build-id and, when `digests` is set, the digests. A damaged file is a fact, not a failure.
ModuleFile collect_module_file(const Root& root, const std::string& path, bool digests);

}  // namespace kmodsec
