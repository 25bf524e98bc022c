// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/loading/doors.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// How much the text says of each module.
enum class DoorsDetail {
  doors,    ///< Every door.
  verdict,  ///< A line: closed or open, and what decides.
  names,    ///< Its name, below who can bring it in.
};

std::string print_doors_text(const DoorsReport& report, const Style& style, DoorsDetail detail);

std::string print_doors_json(const DoorsReport& report);

}  // namespace kmodsec
