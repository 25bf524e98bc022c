// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>

#include "model/policy/own_paths.hpp"
#include "model/policy/transaction.hpp"

namespace kmodsec {

/// What a transaction has in it that no plan of kmodsec does: a path of somebody else, a set-id
/// mode, an owner that is none. Nobody may undo such a one, whoever wrote its journal.
std::optional<std::string> excess_in(const Transaction& transaction, const OwnPaths& own);

}  // namespace kmodsec
