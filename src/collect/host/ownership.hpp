// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/host/ownership.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Who may write the file or folder at `path`, which is no link: by its owner and mode, and by its
/// access control lists. Lists that cannot be read, or are of a kind that is not understood, leave
/// it unclear.
Ownership ownership_of(const Root& root, const std::string& path, const FileStatus& status);

}  // namespace kmodsec
