// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyze/loading/image_load_path.hpp"
#include "analyze/loading/insertion.hpp"
#include "analyze/loading/kernel_gates.hpp"
#include "analyze/loading/load_model.hpp"
#include "analyze/loading/requests.hpp"
#include "analyze/loading/triggers.hpp"
#include "model/facts.hpp"
#include "model/loading/load_paths.hpp"

namespace kmodsec {

/// Every way into one kernel for every module of its tree. What is loaded at the moment does not
/// count: the question is what would load. Where several rules may hold (`other_rules`), the
/// easiest way in counts. `facts` and `tree` must outlive it.
class LoadPaths {
 public:
  LoadPaths(const Facts& facts, const ModuleTree& tree);

  /// By these rules alone.
  LoadPaths(const Facts& facts, const ModuleTree& tree, const LoadRules& rules);
  LoadPaths(const LoadPaths&) = delete;
  LoadPaths& operator=(const LoadPaths&) = delete;
  ~LoadPaths();

  /// The load paths of a module, by its normalised name.
  ModuleLoadPaths of(const std::string& module) const;

  /// The load path that stands open most often, without asking for the others.
  bool loads_by_name(const std::string& module) const;

  /// Who needs least to have the kernel or udev ask for the module itself, not for one that brings
  /// it along. Nothing where nobody but root asks for it, or where that does not load it.
  std::optional<Attacker> asker_of(const std::string& module) const;

  /// What the kernel gets when it, or a program, asks for this name or alias.
  RequestLoadPaths answer(const std::string& request) const;

  /// Who can use a module that is in the kernel, loaded or built in: denies and gates do not count.
  /// It is used by itself, or by one that is loaded and needs it.
  Attacker attacker_when_loaded(const std::string& module) const;

  /// What a class of users comes to on this host: with user namespaces closed to them, root.
  AttackerPosition position_here(AttackerPosition position) const {
    return triggers_.position_here(position);
  }

  const LoadModel& model() const { return model_; }

  /// The images of this kernel, where they were read.
  const std::vector<std::unique_ptr<ImageLoadPath>>& images() const { return images_; }

 private:
  using Names = std::vector<std::string_view>;

  ModuleLoadPaths by_own_rules(const std::string& module) const;
  RequestLoadPaths answer_by_own_rules(const std::string& request) const;
  RequestedModule answer_of(const std::string& request, const Candidate& candidate) const;
  bool is_asked_by_kernel(const std::string& request) const;
  LoadPathVerdict asked_by_kernel(LoadPathVerdict verdict) const;
  bool knows_loaded() const;
  void add_modules();
  void add_parents();

  LoadPathVerdict by_name(const std::string& module) const;
  LoadPathVerdict by_alias(const std::string& module) const;
  LoadPathVerdict by_parents(LoadPath load_path, const std::string& module) const;
  LoadPathVerdict at_boot(const std::string& module) const;
  LoadPathVerdict in_images(const std::string& module) const;
  LoadPathVerdict by_insmod(const std::string& module) const;
  LoadPathVerdict verdict_of(LoadPath load_path, const std::string& module,
                             const Insertion& insertion) const;
  LoadPathVerdict of_alias(const std::string& module, const std::string& alias) const;
  std::optional<LoadPathVerdict> brought_by_other(const std::string& module,
                                                  const std::vector<Candidate>& found) const;
  LoadPathVerdict led_elsewhere(const std::vector<Candidate>& found) const;

  void judge_position(ModuleLoadPaths& load_paths) const;
  void judge_position_by(const std::string& asked_for, const std::string& module,
                         Trigger& best) const;
  void judge_position_in_images(const std::string& module, Trigger& best) const;
  const Attacker& own_attacker_when_loaded(const std::string& module) const;
  Attacker find_own_attacker_when_loaded(const std::string& module) const;
  std::string_view why_aliases_unknown(const std::string& module) const;
  const Insertion& insertion_of(const std::string& module) const;
  Presence presence_of(const std::string& module) const;

  const Facts& facts_;
  const ModuleTree& tree_;
  LoadConfig load_;  ///< As it counts for this kernel.
  LoadModel model_;
  Triggers triggers_;
  Requests asked_;
  KernelGates gates_;
  KernelRefuses refuses_;
  std::unordered_set<std::string_view> loaded_;  ///< Empty for another kernel than the running one.
  std::unordered_map<std::string_view, const BuiltinModule*> builtin_;
  std::unordered_map<std::string_view, Names> dependants_;
  std::unordered_map<std::string, Names> softdep_parents_;
  std::vector<std::unique_ptr<ImageLoadPath>> images_;
  mutable std::unordered_map<std::string, Insertion> insertions_;
  mutable std::unordered_map<std::string, Attacker> attackers_when_loaded_;
  std::unique_ptr<BootRequests> at_boot_;
  std::vector<std::unique_ptr<LoadPaths>> by_other_rules_;
};

}  // namespace kmodsec
