// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// The DER bytes of the certificates in the files, and in the files of the folders, that the user
/// named. A named file that holds none is an error of kind `usage`; in a folder, files that hold
/// none are passed over, but one must hold some.
Result<std::vector<std::string>> read_given_certificates(const std::vector<std::string>& paths);

}  // namespace kmodsec
