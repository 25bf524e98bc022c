// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "analyze/policy/judge_options.hpp"
#include "app/options.hpp"
#include "collect/scope.hpp"
#include "model/facts.hpp"
#include "model/policy/plan.hpp"
#include "plan/unit_program.hpp"
#include "system/files/editor.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The host that a verb plans for or changes: to read, and to write.
struct ChangedHost {
  std::unique_ptr<Root> root;
  Editor editor;
};

/// All that a plan asks of a host: every kernel, what it uses, what its boot needs.
CollectScope scope_of_plan(std::int64_t now);

/// The running system, or the tree of --root. A snapshot cannot be changed: `usage`.
Result<ChangedHost> open_changed_host(const Options& options);

/// The program at this path of the host as one that units of root run. `denied` unless it is for
/// root alone to change, with every folder on its way, and its path is a plain one.
Result<UnitProgram> program_of_units(const Root& root, const std::string& path);

/// What the policy of a host denies, with what `deny.autoload_by_users` and `deny.everything_else`
/// add for its kernels.
Result<std::vector<PolicyDeny>> denies_of_host(const ChangedHost& host);

struct HostPlan {
  Facts facts;
  Plan plan;
  OptionsVerdict options = {};  ///< Of the policy that was planned for.
};

/// What it takes to make the host what its policy asks for. `first` are edits of the policy itself,
/// which the plan begins with and is made for. Errors: there is no policy, it is wrong, it names
/// what does not exist, or a file that would change cannot be read. `now` is `time_of_change()`
/// where the plan is to be done, and `time_of_looking()` where it is shown alone.
Result<HostPlan> plan_host(const ChangedHost& host, const ChangeOptions& options, std::int64_t now,
                           std::vector<FileEdit> first = {});

/// Says of each --override that no conflict asked for it: a name may be misspelt.
void note_idle_overrides(const ChangeOptions& options, Plan& plan);

/// The plan after it was done: what is open now, read back from the host and its images.
Result<void> read_back(const ChangedHost& host, const ChangeOptions& options, HostPlan& planned);

}  // namespace kmodsec
