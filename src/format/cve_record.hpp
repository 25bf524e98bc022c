// SPDX-License-Identifier: GPL-2.0-or-later
//
// A CVE record in JSON, format 5, as the kernel's CNA publishes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// What tables of known holes take of a record.
struct CveRecord {
  std::vector<std::string> files;  ///< Of the kernel's source that the fix changes, sorted.
  std::string score;               ///< CVSS 3.1: AV AC PR UI S C I A, a letter each, or empty.
  bool speaks_of_userns = false;   ///< Where it reasons about the privileges that it takes.
};

/// `malformed` for what is no such record, or names files that cannot be in a source tree.
Result<CveRecord> parse_cve_record(std::string_view text);

}  // namespace kmodsec
