// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyze/loading/callers.hpp"
#include "analyze/loading/image_door.hpp"
#include "analyze/loading/insertion.hpp"
#include "analyze/loading/kernel_gates.hpp"
#include "analyze/loading/load_model.hpp"
#include "analyze/loading/requests.hpp"
#include "model/loading/doors.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// Every way into one kernel for every module of its tree. What is loaded at the moment does not
/// count: the question is what would load. `facts` and `tree` must outlive it.
class Doors {
 public:
  Doors(const Facts& facts, const ModuleTree& tree);

  /// Of a module by its normalised name.
  ModuleDoors of(const std::string& module) const;

  /// The door that stands open most often, without asking for the others.
  bool loads_by_name(const std::string& module) const;

  /// What the kernel gets when it, or a program, asks for this name or alias.
  RequestDoors answer(const std::string& request) const;

  /// Who can use a module that is in the kernel, loaded or built in: denies and gates do not count.
  /// By itself, or by one that is loaded and needs it.
  ModuleReach reach_once_in(const std::string& module) const;

  /// What a class of users comes to on this host: with user namespaces closed to them, root.
  Reach reach_here(Reach reach) const { return callers_.reach_here(reach); }

  const LoadModel& model() const { return model_; }

  /// The images of this kernel, where they were read.
  const std::vector<std::unique_ptr<ImageDoor>>& images() const { return images_; }

 private:
  using Names = std::vector<std::string_view>;

  void add_modules();
  void add_parents();
  void add_boot_requests(const LoadConfig& config);

  DoorVerdict by_name(const std::string& module) const;
  DoorVerdict by_alias(const std::string& module) const;
  DoorVerdict by_parents(Door door, const std::string& module) const;
  DoorVerdict at_boot(const std::string& module) const;
  DoorVerdict in_images(const std::string& module) const;
  DoorVerdict by_insmod(const std::string& module) const;
  DoorVerdict verdict_of(Door door, const std::string& module, const Insertion& insertion) const;
  DoorVerdict of_alias(const std::string& module, const std::string& alias) const;
  std::optional<DoorVerdict> brought_by_other(const std::string& module,
                                              const std::vector<Candidate>& found) const;
  DoorVerdict led_elsewhere(const std::vector<Candidate>& found) const;

  void judge_reach(ModuleDoors& doors) const;
  void judge_reach_by(const std::string& asked_for, const std::string& module, Caller& best) const;
  void judge_reach_in_images(const std::string& module, Caller& best) const;
  const ModuleReach& own_reach_once_in(const std::string& module) const;
  ModuleReach find_own_reach_once_in(const std::string& module) const;
  const Insertion& insertion_of(const std::string& module) const;
  Presence presence_of(const std::string& module) const;

  const Facts& facts_;
  const ModuleTree& tree_;
  LoadModel model_;
  Callers callers_;
  Requests asked_;
  KernelGates gates_;
  KernelRefuses refuses_;
  std::unordered_set<std::string_view> loaded_;  ///< Empty for another kernel than the running one.
  std::unordered_map<std::string_view, const BuiltinModule*> builtin_;
  std::unordered_map<std::string_view, Names> dependants_;
  std::unordered_map<std::string, Names> softdep_parents_;
  std::vector<std::unique_ptr<ImageDoor>> images_;
  std::unordered_map<std::string, const LoadRequest*> boot_requests_;
  std::unordered_map<std::string, Reason> boot_denials_;
  mutable std::unordered_map<std::string, Insertion> insertions_;
  mutable std::unordered_map<std::string, ModuleReach> reaches_once_in_;
};

}  // namespace kmodsec
