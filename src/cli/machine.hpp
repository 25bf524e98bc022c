// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "cli/options.hpp"
#include "collect/scope.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// The facts of the machine that the options name: this system, a tree, or a snapshot.
Result<Facts> read_machine(const Options& options, CollectScope scope);

}  // namespace kmodsec
