// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/opened_modules.hpp"

#include <deque>
#include <utility>

#include "analyze/host/own_denies.hpp"
#include "analyze/usage/keep_tree.hpp"
#include "analyze/work.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t work_of_step = 16;

/// What a module has modprobe load before it and after it.
std::vector<std::string> needs_of(const KeepTree& tree, const std::string& module) {
  std::vector<std::string> needs = tree.model().find(module)->depends;
  for (const std::string& request : tree.softdeps_of(module)) {
    for (std::string& name : tree.modules_of(request)) needs.push_back(std::move(name));
  }
  return needs;
}

void add_needs(const KeepTree& tree, std::set<std::string>& modules) {
  Work work("modules that an opened one needs");
  std::deque<std::string> pending(modules.begin(), modules.end());
  while (!pending.empty()) {
    const std::string module = std::move(pending.front());
    pending.pop_front();
    if (!tree.has_module(module)) continue;
    for (std::string& need : needs_of(tree, module)) {
      work.spend(work_of_step);
      if (modules.insert(need).second) pending.push_back(std::move(need));
    }
  }
}

}  // namespace

std::set<std::string> with_needs(const Facts& facts, std::set<std::string> modules) {
  if (!facts.load || modules.empty()) return modules;
  const LoadConfig leading = leading_lines(*facts.load);
  for (const ModuleTree& tree : facts.trees) add_needs(KeepTree(leading, tree), modules);
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
