// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "model/kernel/host_action.hpp"
#include "system/files/root.hpp"
#include "system/host/running_system.hpp"

namespace kmodsec {

/// Told before each step, in words for a person.
using TellStep = std::function<void(const std::string& step)>;

/// Who does the actions of a transaction.
class HostDeeds {
 public:
  virtual ~HostDeeds() = default;

  virtual Result<void> perform(const HostAction& action) const = 0;
};

/// Runs the programs of the running system. It takes that system to make one.
class HostPrograms final : public HostDeeds {
 public:
  HostPrograms(RunningSystem system, const Root& root, TellStep tell)
      : system_(system), root_(root), tell_(std::move(tell)) {}

  /// `not_found` when the kernel that it is for is not installed; `io` when the program fails.
  Result<void> perform(const HostAction& action) const override;

 private:
  RunningSystem system_;
  const Root& root_;
  TellStep tell_;
};

/// Names what the administrator of another system has to do there. It can run nothing.
class LeftToDo final : public HostDeeds {
 public:
  explicit LeftToDo(TellStep tell) : tell_(std::move(tell)) {}

  Result<void> perform(const HostAction& action) const override;

 private:
  TellStep tell_;
};

}  // namespace kmodsec
