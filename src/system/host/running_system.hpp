// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

/// The right to have something done by the system that kmodsec itself runs on: to start one of its
/// programs, to set a switch of its kernel, to load a module. Whoever works on a tree, a snapshot
/// or a store has none to give, and so cannot even ask.
class RunningSystem {
 public:
  /// `usage` when the command line names a tree or a snapshot instead of the running system.
  static Result<RunningSystem> meant_by(std::string_view root, std::string_view snapshot) {
    if (root.empty() && snapshot.empty()) return RunningSystem();
    return failure(ErrorKind::usage, root.empty() ? "--snapshot" : "--root",
                   "programs are run on the running system only");
  }

 private:
  RunningSystem() = default;
};

}  // namespace kmodsec
