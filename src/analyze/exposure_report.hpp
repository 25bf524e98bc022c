// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/facts.hpp"
#include "model/loading/load_paths.hpp"

namespace kmodsec {

/// What `doors` is asked.
struct DoorsQuestion {
  std::vector<std::string> modules;   ///< Normalised names.
  std::vector<std::string> requests;  ///< Names or aliases that somebody asks for.
  bool all_open = false;              ///< Every module of the tree that is not denied.
  bool vulnerabilities = true;        ///< What is known of those that are asked about.
};

/// Answers for each kernel of the facts. `facts` must outlive the report.
ExposureReport answer_doors(const Facts& facts, const DoorsQuestion& question);

}  // namespace kmodsec
