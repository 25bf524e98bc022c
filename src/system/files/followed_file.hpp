// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "system/files/record_source.hpp"

namespace kmodsec {

/// What is appended to a file from now on, also after it was rotated: then the rest of the old one
/// comes first, and the new one from its beginning.
Result<std::unique_ptr<RecordSource>> follow_file(const std::string& path);

}  // namespace kmodsec
