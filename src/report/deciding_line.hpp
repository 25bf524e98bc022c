// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>

#include "model/loading/load_paths.hpp"
#include "report/json.hpp"

namespace kmodsec {

/// "FILE:LINE: TEXT"
std::string line_text(const DecidingLine& line);

Json line_json(const std::optional<DecidingLine>& line);

}  // namespace kmodsec
