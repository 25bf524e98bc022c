// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "base/result.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The text of a file for nft(8) with that of all files that it includes, each once. They are
/// looked for below /etc, which is where nft looks for a relative path as well. Errors:
/// `unsupported` for an include from elsewhere, or by a pattern of more than one '*' in the last
/// part; `too_large` for too many files; `not_found` for a file that is named without a pattern and
/// is not there.
Result<std::string> read_nft_file(const Root& root, const std::string& path);

}  // namespace kmodsec
