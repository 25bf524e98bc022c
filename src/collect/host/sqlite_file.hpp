// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Whether all of a database stands in its file: what `writer` began and did not finish stands in a
/// journal or a log beside it. That is not replayed, for its bytes would decide which files are
/// changed. Errors: `io` when there is one.
Result<void> is_whole_database(const Root& root, const std::string& path, std::string_view writer);

/// The bytes of such a database. Errors: `io` also when it was written to while it was read.
Result<std::string> read_database(const Root& root, const std::string& path, std::size_t limit,
                                  std::string_view writer);

}  // namespace kmodsec
