// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyze/loading/load_model.hpp"
#include "analyze/loading/triggers.hpp"
#include "model/facts.hpp"

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

}  // namespace kmodsec
