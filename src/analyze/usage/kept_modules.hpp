// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analyze/usage/keep_tree.hpp"
#include "analyze/work.hpp"
#include "model/usage/keep_set.hpp"

namespace kmodsec {

/// Why something is kept.
struct KeepReason {
  KeepCause cause = KeepCause::used;
  std::string reason;
  std::string by;
};

/// Collects what is kept of some kernels: the first reason for a module stays, so the strongest
/// cause is added first. `trees` must outlive it. It may end in TooMuchWork.
class KeptModules {
 public:
  explicit KeptModules(std::span<const std::unique_ptr<KeepTree>> trees)
      : trees_(trees), work_("modules that others need") {}

  /// The module of that name, in whichever kernel has it.
  void add_module(const std::string& module, const KeepReason& reason);

  /// What a name or an alias leads to.
  void add_request(const std::string& request, const KeepReason& reason);

  /// Adds what they need, hard, soft, weak or by an install line; what answers the request for a
  /// cipher as they do; and in each kernel what has got an alias that is theirs in another, but not
  /// there: a module that was split or renamed.
  void add_closure();

  /// The last of these alone: what follows what is kept in other kernels.
  void add_successors();

  const std::map<std::string, KeptForUse>& modules() const { return modules_; }
  bool has(const std::string& module) const { return modules_.contains(module); }

 private:
  void add(const std::string& module, const KeepReason& reason);
  void add_needs(const KeepTree& tree, const std::string& module);
  void add_requests(const KeepTree& tree, const std::vector<std::string>& requests,
                    const KeepReason& reason);
  void add_ciphers(const KeepTree& tree, const std::string& module);
  void add_successors(const KeepTree& tree, const std::string& module);

  std::span<const std::unique_ptr<KeepTree>> trees_;
  std::map<std::string, KeptForUse> modules_;
  std::deque<std::string> pending_;
  std::set<std::pair<const KeepTree*, std::string>> answered_;  ///< Ciphers.
  /// Aliases of the first that went elsewhere in the second.
  std::set<std::tuple<const KeepTree*, const KeepTree*, std::string>> succeeded_;
  Work work_;
};

}  // namespace kmodsec
