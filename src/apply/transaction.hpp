// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "apply/journal.hpp"
#include "system/program.hpp"

namespace kmodsec {

/// How programs of the host are run.
using RunProgram = std::function<Result<ProgramEnd>(const std::vector<std::string>& command)>;

/// Told before each step, in words for a person.
using TellStep = std::function<void(const std::string& step)>;

/// Changes a host by plans, each as one transaction: done as a whole, or as if it had not begun.
class Transactions {
 public:
  Transactions(const Editor& editor, Journal& journal, RunProgram run, TellStep tell)
      : editor_(editor), journal_(journal), run_(std::move(run)), tell_(std::move(tell)) {}

  /// Undoes what an interrupted run has left. Has to come first.
  Result<void> recover();

  /// Does all of a plan. When a step fails, what was done before it is undone, and the error says
  /// which step it was.
  Result<void> perform(const Plan& plan, std::int64_t time);

  /// Undoes the newest transaction; its paths are returned, none when there is nothing to undo.
  /// `denied`, and nothing changed, when a path has been changed since by somebody else; initramfs
  /// images are: one that was made anew since is made anew again.
  Result<std::vector<std::string>> revert();

 private:
  Result<void> write(const Plan& plan);
  Result<void> run_all(const std::vector<ProgramRun>& programs);
  Result<void> run_one(const std::vector<std::string>& program);
  Result<void> undo(const Transaction& transaction);
  Result<void> restore(const Transaction& transaction, const SavedPath& saved);
  Result<void> leave_what_changed_since(Transaction& transaction) const;

  const Editor& editor_;
  Journal& journal_;
  RunProgram run_;
  TellStep tell_;
};

}  // namespace kmodsec
