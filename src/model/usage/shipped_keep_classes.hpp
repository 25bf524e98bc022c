// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>

#include "model/files/embedded_file.hpp"

namespace kmodsec {

/// Every data/keep-classes/*.toml, sorted by name.
std::span<const EmbeddedFile> shipped_keep_classes();

}  // namespace kmodsec
