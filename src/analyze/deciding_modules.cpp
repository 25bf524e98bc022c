// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/deciding_modules.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_set>

#include "analyze/loading/load_model.hpp"
#include "analyze/loading/load_rules.hpp"
#include "analyze/loading/tree_load_config.hpp"
#include "analyze/work.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

const LoadConfig no_configuration;

/// By the rules of one program, for one kernel.
class Deciding {
 public:
  Deciding(const LoadConfig& load, const ModuleTree& tree, const LoadRules& rules,
           std::set<std::string>& names)
      : load_(load), tree_(tree), model_(load, tree, rules), names_(names) {}

  void add(const AskedLoadPaths& asked) {
    const std::unordered_set<std::string_view> modules(asked.modules.begin(), asked.modules.end());
    if (!modules.empty()) {
      if (index_in_use(tree_)) {
        for (const IndexEntry& entry : *index_in_use(tree_)) add_if_it_brings(modules, entry.name);
      }
      for (const LoadRequest& request : load_.at_boot) {
        for (const Candidate& candidate : model_.look_up(request.name))
          add_if_it_brings(modules, candidate.module);
      }
    }
    for (const std::string& request : asked.requests) {
      for (const Candidate& candidate : model_.look_up(request)) add_all(model_.steps(candidate));
    }
  }

 private:
  void add_if_it_brings(const std::unordered_set<std::string_view>& modules,
                        const std::string& name) {
    const std::vector<ProbeStep> steps =
        model_.steps({.module = name, .alias = {}, .builtin = model_.is_builtin(name)});
    const bool brings_one = std::ranges::any_of(
        steps, [&](const ProbeStep& step) { return modules.contains(step.module); });
    if (brings_one) add_all(steps);
  }

  void add_all(const std::vector<ProbeStep>& steps) {
    for (const ProbeStep& step : steps) {
      if (model_.find(step.module) != nullptr) names_.insert(step.module);
    }
  }

  const LoadConfig& load_;
  const ModuleTree& tree_;
  LoadModel model_;
  std::set<std::string>& names_;
};

std::vector<LoadRules> rules_that_may_hold(const LoadConfig& load, const ModuleTree& tree) {
  std::vector<LoadRules> rules = other_rules(load, tree);
  rules.push_back(rules_of(load.loader));
  return rules;
}

}  // namespace

/// Where the analysis is given up, that of the load paths is too, and reports it.
std::vector<std::string> modules_that_decide(const Facts& facts, const AskedLoadPaths& asked) {
  std::set<std::string> names;
  const LoadConfig& host = facts.load ? *facts.load : no_configuration;
  for (const ModuleTree& tree : facts.trees) {
    const LoadConfig load = load_config_of_tree(host, tree);
    try {
      for (const LoadRules& rules : rules_that_may_hold(host, tree))
        Deciding(load, tree, rules, names).add(asked);
    } catch (const TooMuchWork&) {
      continue;
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace kmodsec
