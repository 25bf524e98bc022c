// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "app/answer.hpp"
#include "app/options.hpp"
#include "app/policy/plan_host.hpp"
#include "model/host/file_edit.hpp"
#include "report/style.hpp"
#include "system/files/editor.hpp"

namespace kmodsec {

/// The edits of the policy that a verb begins with, made when no other run can change it any more.
using EditPolicy = std::function<Result<std::vector<FileEdit>>(const Editor& editor)>;

/// Makes the host what its policy asks for: undoes what an interrupted run has left, plans, asks,
/// does it, and reads back what came of it.
Result<Answer> change_host(const ChangeOptions& options, const Style& style,
                           const EditPolicy& edit_policy = {});

/// The same for a verb that has its own answer: the plan as it was done.
Result<HostPlan> follow_policy(const ChangeOptions& options, const Style& style,
                               const EditPolicy& edit_policy);

/// What `follow_policy` would do.
Result<HostPlan> plan_after(const ChangeOptions& options, const EditPolicy& edit_policy);

/// Undoes the newest transaction.
Result<Answer> revert_host(const ChangeOptions& options);

}  // namespace kmodsec
