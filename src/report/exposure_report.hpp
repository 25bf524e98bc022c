// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/loading/load_paths.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// How much the text says of each module.
enum class DoorsDetail {
  load_paths,  ///< Every load path.
  verdict,     ///< A line: closed or open, and what decides.
  names,       ///< Its name, below who can bring it in.
};

std::string print_doors_text(const ExposureReport& report, const Style& style, DoorsDetail detail);

std::string print_doors_json(const ExposureReport& report);

}  // namespace kmodsec
