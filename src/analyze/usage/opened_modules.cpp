// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/opened_modules.hpp"

#include <utility>

#include "analyze/host/own_denies.hpp"
#include "analyze/usage/keep_tree.hpp"
#include "analyze/work.hpp"

namespace kmodsec {

std::set<std::string> with_needs(const Facts& facts, std::set<std::string> modules) {
  if (!facts.load || modules.empty()) return modules;
  const LoadConfig leading = leading_lines(*facts.load);
  const KeepTrees trees = keep_trees(leading, facts);
  Work work("modules that an opened one needs");
  follow_needs(trees, {modules.begin(), modules.end()}, work,
               [&](const std::string&, const KeepTree::Need& need) {
                 return modules.insert(need.module).second;
               });
  return modules;
}

std::set<std::string> opened_by_exceptions(const Facts& facts) {
  std::set<std::string> modules;
  if (!facts.policy) return modules;
  for (const PolicyException& exception : facts.policy->exceptions)
    modules.insert(exception.module);
  return with_needs(facts, std::move(modules));
}

std::set<std::string> denied_or_opened(const Facts& facts) {
  std::set<std::string> modules = opened_by_exceptions(facts);
  modules.merge(denied_now(facts));
  return modules;
}

}  // namespace kmodsec
