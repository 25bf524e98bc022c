// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analyze/hole_modules.hpp"
#include "base/result.hpp"
#include "model/hole_row.hpp"

namespace kmodsec {

/// The rows of a checkout of vulns.git.
struct CveRows {
  std::vector<HoleRow> rows;  ///< In the order of their ids.
  std::vector<Error> broken;  ///< Records that are left out, by name.
  std::size_t beside = 0;     ///< Records of documents, tools and samples, which no kernel runs.
};

Result<CveRows> read_cve_rows(const std::string& checkout, const ModuleFinder& finder,
                              const FileIsKnown& is_known, unsigned jobs);

}  // namespace kmodsec
