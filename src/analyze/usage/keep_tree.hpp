// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyze/loading/load_model.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// What of the configuration leads from one module to another; nothing of it closes one.
LoadConfig leading_lines(const LoadConfig& config);

/// One kernel as the keep set goes through it. `config` and `tree` must outlive it.
class KeepTree {
 public:
  KeepTree(const LoadConfig& config, const ModuleTree& tree);

  /// Patterns are normalised, and so are names.
  struct Alias {
    std::string pattern;
    std::string module;

    auto operator<=>(const Alias&) const = default;
  };

  const std::string& release() const { return tree_.release; }
  const LoadModel& model() const { return model_; }

  /// Every module; none where the index was not seen.
  std::span<const IndexEntry> modules() const;
  std::span<const Alias> aliases() const { return by_module_; }

  bool has_module(std::string_view name) const { return model_.find(name) != nullptr; }
  bool has_alias(const std::string& pattern, const std::string& module) const;

  /// The modules of the tree that a name or an alias leads to, what is built in left out.
  std::vector<std::string> modules_of(const std::string& request) const;

  /// Whether the kernel has something by this name or alias, be it built in.
  bool knows(const std::string& request) const;

  std::span<const Alias> aliases_of(const std::string& module) const;

  /// Those of the modules that have the pattern itself.
  std::span<const Alias> answering(const std::string& pattern) const;

  /// Names behind the softdep line that counts for the module, and behind its weak dependencies.
  std::vector<std::string> softdeps_of(const std::string& module) const;
  std::vector<std::string> weakdeps_of(const std::string& module) const;

 private:
  const ModuleTree& tree_;
  LoadModel model_;
  std::vector<Alias> by_module_;
  std::vector<Alias> by_pattern_;
  std::unordered_map<std::string, std::vector<std::string>> weakdeps_;
};

}  // namespace kmodsec
