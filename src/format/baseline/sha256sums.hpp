// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/baseline/baseline.hpp"

namespace kmodsec {

/// The format of sha256sum(1), as many have it already: what lies in an initramfs is left out.
std::string print_sha256sums(const Baseline& baseline);

/// Errors: `malformed`, with the line that is none of sha256sum, or whose path is relative, for
/// nobody knows to what; for a list of nothing; and for two digests of one file.
Result<Baseline> parse_sha256sums(std::string_view text);

/// By path, each once. Errors: `malformed` where one has two digests.
Result<void> sort_listed(std::vector<BaselineEntry>& entries);

}  // namespace kmodsec
