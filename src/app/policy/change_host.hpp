// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "app/answer.hpp"
#include "app/options.hpp"
#include "app/policy/plan_host.hpp"
#include "model/host/file_edit.hpp"
#include "model/report.hpp"
#include "report/style.hpp"
#include "system/files/editor.hpp"

namespace kmodsec {

/// The edits of the policy that a verb begins with, made when no other run can change it any more.
using EditPolicy = std::function<Result<std::vector<FileEdit>>(const Editor& editor)>;

/// What else a plan has to be like; it is asked before anything is done, when no other run can
/// change the host any more.
using CheckPlan = std::function<Result<void>(const HostPlan& planned)>;

/// What a verb has to say of the question itself.
struct OfTheQuestion {
  std::vector<std::string> notes = {};
  std::vector<Unseen> unseen = {};  ///< What hid more of what is asked for.
};

/// Makes the host what its policy asks for: undoes what an interrupted run has left, plans, asks,
/// does it, and reads back what came of it.
Result<Answer> change_host(const ChangeOptions& options, const Style& style,
                           const EditPolicy& edit_policy = {}, const OfTheQuestion& asked = {});

/// The same for a verb that has its own answer: the plan as it was done.
Result<HostPlan> follow_policy(const ChangeOptions& options, const Style& style,
                               const EditPolicy& edit_policy, const CheckPlan& check = {});

/// The plan that `follow_policy` has done, as `change_host` answers.
Answer answer_of_change(const ChangeOptions& options, const Style& style, HostPlan& done,
                        const OfTheQuestion& asked = {});

/// What `follow_policy` would do.
Result<HostPlan> plan_after(const ChangeOptions& options, const EditPolicy& edit_policy);

/// The same plan as an answer, with nothing done: what --dry-run shows. What would refuse the
/// change is an error here too.
Result<Answer> show_change(const ChangeOptions& options, const Style& style,
                           const EditPolicy& edit_policy, const OfTheQuestion& asked = {},
                           const CheckPlan& check = {});

/// Undoes the newest transaction, or all from one of this number on, the newest first.
Result<Answer> revert_host(const ChangeOptions& options, const Style& style,
                           std::optional<std::uint32_t> number = {});

}  // namespace kmodsec
