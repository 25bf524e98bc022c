// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "cli/options.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// All that `answer_holes` asks for, of the machine that the options name.
Result<Facts> read_machine_for_holes(const Options& options);

}  // namespace kmodsec
