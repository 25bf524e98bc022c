// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "analyze/loading/load_model.hpp"
#include "model/loading/load_paths.hpp"

namespace kmodsec {

/// What a list of steps brings into a kernel.
struct Insertion {
  std::vector<std::string> inserted;         ///< In order.
  std::unordered_set<std::string> brought;   ///< The same.
  std::unordered_set<std::string> possible;  ///< Those that may get in: a program decides.
  std::map<std::string, Reason> reasons;

  void insert(const std::string& module) {
    inserted.push_back(module);
    brought.insert(module);
  }

  bool brings(const std::string& module) const { return brought.contains(module); }

  bool may_bring(const std::string& module) const {
    return brings(module) || possible.contains(module);
  }
};

/// Whether the kernel itself refuses a module; nothing when it takes it.
using KernelRefuses = std::function<std::optional<Reason>(std::string_view module)>;

/// Follows the steps as modprobe does: what is required and fails ends it; where a program runs, it
/// may load the module or not, succeed or fail, and what hangs on that is only possible; a module
/// whose dependency did not get in has unresolved symbols and fails (linux: kernel/module/main.c,
/// simplify_symbols). Modules that are `loaded` already are passed over.
Insertion follow(const std::vector<ProbeStep>& steps, const LoadModel& model,
                 const KernelRefuses& refuses, const std::set<std::string>& loaded = {});

DecidingLine deciding(const ConfigLine& line);

}  // namespace kmodsec
