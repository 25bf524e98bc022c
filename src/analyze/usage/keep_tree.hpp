// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyze/loading/config_lines.hpp"
#include "analyze/loading/load_model.hpp"
#include "analyze/work.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// What of the configuration leads from one module to another: aliases, softdeps, and the install
/// lines that others than kmodsec wrote, of which a `KeepTree` takes what they run; nothing of it
/// closes one.
LoadConfig leading_lines(const LoadConfig& config);

class KeepTree;
using KeepTrees = std::vector<std::unique_ptr<KeepTree>>;

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

  enum class NeedKind { symbols, softdep, install };

  struct Need {
    std::string module;
    NeedKind kind = NeedKind::symbols;
  };

  const std::string& release() const { return tree_.release; }
  const LoadModel& model() const { return model_; }

  /// Every module; none where the index was not seen.
  std::span<const IndexEntry> modules() const;
  std::span<const Alias> aliases() const { return sorted_aliases().by_module; }

  bool has_module(std::string_view name) const { return model_.find(name) != nullptr; }
  bool has_alias(const std::string& pattern, const std::string& module) const;

  /// The modules of the tree that a name or an alias leads to, be it by an install line, what is
  /// built in left out.
  std::vector<std::string> modules_of(const std::string& request) const;

  /// Whether the kernel has something by this name or alias, be it built in.
  bool knows(const std::string& request) const;

  std::span<const Alias> aliases_of(const std::string& module) const;

  /// Those of the modules that have the pattern itself.
  std::span<const Alias> answering(const std::string& pattern) const;

  /// What modprobe loads with a module of the tree, each by the first way: by its symbols, by the
  /// softdep line that counts, and by an install line that runs modprobe.
  std::vector<Need> needs_of(const std::string& module) const;

  /// What it may load later.
  std::vector<std::string> weakdeps_of(const std::string& module) const;

 private:
  std::vector<std::string> softdeps_of(const std::string& module) const;
  std::vector<std::string> run_instead_of(const std::string& name) const;
  void add_modules_of(const std::string& request, std::vector<std::string>& modules) const;

  struct SortedAliases {
    std::vector<Alias> by_module;
    std::vector<Alias> by_pattern;
  };

  /// Made when somebody asks for them: not all do.
  const SortedAliases& sorted_aliases() const;

  const ModuleTree& tree_;
  ConfigLines installs_;
  LoadModel model_;
  mutable std::optional<SortedAliases> sorted_;
  std::unordered_map<std::string, std::vector<std::string>> weakdeps_;
  mutable Work work_;
};

/// Each kernel of the facts. `leading` and the facts must outlive them.
KeepTrees keep_trees(const LoadConfig& leading, const Facts& facts);

/// Goes over modules, what these need in any of the kernels, what that needs in any of them, and so
/// on. `add` gets each need and the module that has it, and says whether it was not known before.
void follow_needs(
    const KeepTrees& trees, std::vector<std::string> modules, Work& work,
    const std::function<bool(const std::string& module, const KeepTree::Need& need)>& add);

}  // namespace kmodsec
