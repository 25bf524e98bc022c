// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/host/file_edit.hpp"

namespace kmodsec {

/// What an edit changes, as diff -u shows it, three lines around each change. A change of mode, of
/// kind or of a link's target has lines of its own, as git shows them.
std::string unified_diff(const FileEdit& edit);

}  // namespace kmodsec
