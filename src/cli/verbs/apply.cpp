// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/change_host.hpp"
#include "cli/verb.hpp"

namespace kmodsec {
namespace {

void declare(OptionSet& set, ChangeOptions& options) {
  declare_yes(set, options);
  declare_dry_run(set, options);
  declare_whole_changes(set, options);
  declare_deny_override(set, options);
}

Result<Answer> run(const ChangeOptions& options, const Style& style) {
  return change_host(options, style);
}

}  // namespace

std::unique_ptr<Command> apply_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
