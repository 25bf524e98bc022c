// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>

#include "analyze/usage/keep_tree.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// The modules that come in with what is asked for, in any of the installed kernels, whatever is
/// denied, with the first reason for each. `facts` must outlive it.
class NeededModules {
 public:
  explicit NeededModules(const Facts& facts);

  /// What a name or an alias leads to, and what comes in with that.
  void add(const std::string& request, const std::string& why);

  /// What /etc/fstab, snaps and the like need, and what an initramfs is told to load.
  void add_needs_of_boot();

  /// Whether some kernel has it as a module.
  bool has_module(const std::string& name) const;

  /// Null when nothing needs the module.
  const std::string* reason_for(const std::string& module) const;

 private:
  void add_module(const std::string& module, const std::string& why);

  const Facts& facts_;
  LoadConfig leading_;  ///< Of the configuration nothing else.
  KeepTrees trees_;     ///< None where the configuration was not seen.
  Work work_;
  std::map<std::string, std::string> reasons_;
};

}  // namespace kmodsec
