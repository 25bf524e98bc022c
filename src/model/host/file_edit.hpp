// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "base/file_state.hpp"

namespace kmodsec {

/// One path, and what it becomes.
struct FileEdit {
  std::string path;
  FileState before;
  FileState after;
};

}  // namespace kmodsec
