// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/transaction.hpp"

namespace kmodsec {

std::string print_journal(const Transaction& transaction);

/// What `print_journal` wrote. `malformed` for anything else: an unknown word, a path that is not
/// absolute, a copy whose name leads elsewhere.
Result<Transaction> parse_journal(std::string_view text);

}  // namespace kmodsec
