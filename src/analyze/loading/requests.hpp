// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyze/loading/insertion.hpp"
#include "analyze/loading/load_model.hpp"
#include "analyze/loading/load_rules.hpp"
#include "analyze/loading/triggers.hpp"
#include "model/facts.hpp"
#include "model/loading/load_paths.hpp"

namespace kmodsec {

/// An alias of exactly one spelling can be asked for; a pattern stands for what a device says.
bool is_alias_pattern(std::string_view alias);

/// What the kernel and udev ask for on their own, and whether a configuration lets that lead to the
/// module that is meant. What it is made from must outlive it.
class Requests {
 public:
  Requests(const ModuleTree& tree, const LoadModel& model, const Triggers& triggers);

  const std::vector<std::string>& aliases_of(const std::string& module) const;

  /// Who needs least to ask for the module; whether it gets in then is another question.
  /// `kernel_asks`: not only udev does.
  std::optional<Trigger> easiest(const std::string& module, bool kernel_asks) const;

  /// The first alias by which a device asks for it; nothing when none leads to it.
  const std::string* device_alias(const std::string& module) const;

 private:
  bool leads_by_name(const std::string& module) const;
  bool leads_by_alias(const std::string& alias, const std::string& module) const;

  const LoadModel& model_;
  const Triggers& triggers_;
  std::unordered_map<std::string_view, std::vector<std::string>> aliases_;  ///< Of each module.
};

/// What a kernel and its modprobe make of a request.
struct RequestedBy {
  const LoadModel& model;
  const KernelRefuses& refuses;
  /// What comes of a request for a module by its name.
  std::function<const Insertion&(const std::string& module)> insertion_of;
};

/// What asks for modules while the system starts, and what comes of it for one kernel. The
/// configuration and the tree must outlive it.
class BootRequests {
 public:
  BootRequests(const LoadConfig& config, const ModuleTree& tree, const LoadRules& rules,
               const RequestedBy& requested);

  LoadPathVerdict judge(const std::string& module) const;

 private:
  /// A request that modprobe takes, by the configuration that it reads.
  struct Taken {
    const LoadRequest& request;
    const LoadModel& model;
    const RequestedBy& by;
  };

  void add(const LoadRequest& request, const LoadRules& rules, const RequestedBy& requested);
  void add_insmod(const LoadRequest& request, const KernelRefuses& refuses);
  void refuse(const LoadRequest& request, const LoadModel& model);
  void take(const Taken& taken, const Candidate& candidate);
  void take(const LoadRequest& request, const std::string& module, const Insertion& insertion);
  const LoadModel& model_with(const std::vector<std::string>& paths, const LoadRules& rules);
  std::string note_of(const LoadRequest& request) const;

  const LoadConfig& config_;
  const ModuleTree& tree_;
  std::unordered_map<std::string, const LoadRequest*> requests_;
  std::unordered_map<std::string, Reason> programs_;
  std::unordered_map<std::string, Reason> denials_;
  std::map<std::vector<std::string>, std::unique_ptr<LoadModel>> other_models_;
};

}  // namespace kmodsec
