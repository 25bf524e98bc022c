// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// `denied` when somebody other than root may write what stands at the path, or may replace it by
/// writing a folder on its way, or when it is not known who may.
Result<void> only_root_may_change(const Root& root, const std::string& path);

/// A file that decides what a host can load. `denied` when somebody other than root may write it,
/// or may replace it by writing a folder on its way.
Result<std::string> read_trusted_file(const Root& root, const std::string& path, std::size_t limit);

/// The paths of the folder's *.toml files, sorted; none where there is no such folder.
Result<std::vector<std::string>> toml_files(const Root& root, const std::string& folder);

}  // namespace kmodsec
