// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/load_model.hpp"

namespace kmodsec {

/// The names that a configuration can speak of: those of the installed kernels, and the aliases
/// that it gives itself. The trees must outlive it.
class KnownNames {
 public:
  KnownNames(const LoadConfig& config, const std::vector<const ModuleTree*>& trees);

  /// A module of any of the kernels, loadable or built in. The name is normalised.
  bool is_module(std::string_view name) const;

  /// Whether it is an alias of any of the kernels, or of the configuration, wherever it leads.
  bool is_alias(std::string_view name) const;

 private:
  std::vector<std::unique_ptr<LoadModel>> models_;
};

/// Whether no module could have this name.
bool looks_like_alias(std::string_view name);

/// Asks `find` about each line that `concerns` picks. Says nothing as long as a kernel was not
/// seen, as that one may know the name.
using FindInNames =
    std::function<std::optional<Finding>(const ConfigLine& line, const KnownNames& known)>;
Verdict judge_names(const Facts& facts, const PickLine& concerns, const FindInNames& find);

}  // namespace kmodsec
