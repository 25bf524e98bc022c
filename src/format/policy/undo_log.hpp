// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/policy/transaction.hpp"

namespace kmodsec {

/// What the host is to do stands in it as the name of a `HostAction`, never as a command.
std::string print_undo_log(const Transaction& transaction);

/// What `print_undo_log` wrote, or an older kmodsec: that one wrote commands, which become the
/// actions that they are of. `malformed` for anything else: an unknown word or command, a path that
/// is not absolute, a copy whose name leads elsewhere.
Result<Transaction> parse_undo_log(std::string_view text);

}  // namespace kmodsec
