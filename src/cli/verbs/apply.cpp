// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/change_host.hpp"
#include "app/policy/enforce_policy.hpp"
#include "cli/verb.hpp"

namespace kmodsec {
namespace {

struct ApplyOptions : ChangeOptions {
  std::string for_kernel;  ///< Release.
};

void declare(OptionSet& set, ApplyOptions& options) {
  declare_yes(set, options);
  declare_dry_run(set, options);
  declare_whole_changes(set, options);
  declare_from(set, options);
  set.text("--for-kernel", options.for_kernel,
           "Only what a new kernel needs: for the hook of its package", "RELEASE");
  set.flag("--unattended", options.unattended,
           "Nobody looks at this run: what is denied stays so unless the policy names it");
  declare_deny_override(set, options);
}

Result<Answer> run(const ApplyOptions& options, const Style& style) {
  if (!options.for_kernel.empty() && !options.from_mode.empty())
    return failure(ErrorKind::usage, "--for-kernel", "cannot be used with --from");
  if (!options.for_kernel.empty()) return apply_for_kernel(options, options.for_kernel, style);
  if (options.from_mode.empty()) return change_host(options, style);
  const auto edit = edit_to_enforce(options);
  if (!edit) return std::unexpected(edit.error());
  return change_host(options, style, *edit);
}

}  // namespace

std::unique_ptr<Command> apply_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
