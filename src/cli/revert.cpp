// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/change_host.hpp"
#include "cli/verb.hpp"

namespace kmodsec {
namespace {

void declare(OptionSet& set, ChangeOptions& options) { declare_yes(set, options); }

Result<Answer> run(const ChangeOptions& options, const Style&) { return revert_host(options); }

}  // namespace

std::unique_ptr<Command> revert_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
