// SPDX-License-Identifier: GPL-2.0-or-later
//
// A month of use that is made up: hosts whose modules need each other in every way, which are used
// for weeks while the record is fed. Then all else is denied, and what was done is done again.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "analyze/loading/load_model.hpp"
#include "analyze/usage/keep_set.hpp"
#include "format/loading/modprobe_conf.hpp"
#include "support/usage_builder.hpp"

namespace kmodsec::test {
namespace {

constexpr std::int64_t start = 1'780'000'000;
constexpr std::int64_t day = 24L * 3600;
constexpr int days_of_learning = 30;

using Names = std::set<std::string>;

/// A host, what is asked of it in the month, and what came in by that.
class Month {
 public:
  explicit Month(std::uint32_t seed) : random_(seed) {
    std::vector<ModuleTree> trees = {kernel("6.1")};
    if (chance(2)) trees.push_back(kernel("6.12"));
    facts_ = host_with(std::move(trees));
    facts_.time = start + (days_of_learning + 1) * day;
    if (chance(2)) facts_.devices->push_back({alias(), "pci0", ""});
    if (chance(2)) facts_.service_needs->push_back({alias(), "a program is installed"});
    if (chance(2)) facts_.needs->push_back({alias(), "fstab"});
    record_.machine = "m";
    for (int at = 0; at < days_of_learning; ++at) live_through(start + at * day);
    for (auto& [name, used] : used_) record_.modules.push_back(used);
  }

  const Facts& facts() const { return facts_; }
  const UsageRecord& record() const { return record_; }
  const std::set<std::string>& requests() const { return requests_; }

 private:
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_()) % limit; }
  bool chance(std::uint32_t in) { return below(in) == 0; }
  std::string module() { return fmt::format("m{}", below(40)); }
  std::string alias() { return fmt::format("{}-{}", chance(3) ? "crypto" : "fs", below(20)); }

  ModuleTree kernel(const std::string& release) {
    std::vector<IndexEntry> index;
    for (std::uint32_t i = 0; i < 40; ++i) {
      if (chance(10)) continue;
      IndexEntry entry{fmt::format("m{}", i), fmt::format("kernel/m{}.ko", i), {}};
      for (std::uint32_t more = below(3); !index.empty() && more > 0; --more)
        entry.depends.push_back(index[below(static_cast<std::uint32_t>(index.size()))].name);
      index.push_back(std::move(entry));
    }
    std::vector<AliasEntry> aliases;
    for (int i = 0; i < 30; ++i) aliases.push_back({alias() + (chance(5) ? "-all" : ""), module()});
    ModuleTree tree = kernel_with(release, index, aliases);
    for (int i = 0; i < 4; ++i)
      tree.softdeps->push_back({module(), {module(), alias()}, {module()}, 1});
    tree.weakdeps =
        parse_modprobe_conf(fmt::format("weakdep {} {} {}\n", module(), module(), alias()),
                            "modules.weakdep")
            .lines;
    return tree;
  }

  /// One boot into one of the kernels, and a few things that are done in it.
  void live_through(std::int64_t time) {
    if (chance(3)) return;
    const ModuleTree& tree = facts_.trees[below(static_cast<std::uint32_t>(facts_.trees.size()))];
    const LoadModel model(*facts_.load, tree);
    Names loaded;
    for (std::uint32_t more = below(3); more > 0; --more) {
      const std::string request = chance(2) ? module() : alias();
      requests_.insert(request);
      for (const Candidate& candidate : model.look_up(request)) {
        for (const ProbeStep& step : model.steps(candidate)) {
          if (step.action == ProbeStep::Action::insert) loaded.insert(step.module);
        }
      }
    }
    for (const std::string& name : loaded) {
      UsedModule& used = used_.try_emplace(name, UsedModule{.module = name}).first->second;
      if (used.boots++ == 0) used.first_seen = time;
      used.last_seen = time;
    }
  }

  std::mt19937 random_;
  Facts facts_;
  UsageRecord record_;
  std::map<std::string, UsedModule> used_;
  std::set<std::string> requests_;
};

Names names_of_modules(const Facts& facts) {
  Names names;
  for (const ModuleTree& tree : facts.trees) {
    for (const IndexEntry& entry : *tree.index) names.insert(entry.name);
  }
  return names;
}

/// The keep set as its definition says, without a thought for time: see docs/learn.md.
class Definition {
 public:
  explicit Definition(const Month& month) : facts_(month.facts()) {
    for (const UsedModule& used : month.record().modules) add(used.module);
    for (const Device& device : *facts_.devices) add_request(device.alias);
    for (const BootNeed& need : *facts_.service_needs) add_request(need.request);
    for (const BootNeed& need : *facts_.needs) add_request(need.request);
    for (std::size_t before = 0; before != kept_.size();) {
      before = kept_.size();
      for (const std::string& module : Names(kept_)) add_behind(module);
    }
  }

  const Names& kept() const { return kept_; }

 private:
  static const IndexEntry* find(const ModuleTree& tree, const std::string& name) {
    const auto entry = std::ranges::find(*tree.index, name, &IndexEntry::name);
    return entry == tree.index->end() ? nullptr : &*entry;
  }

  static Names aliases_of(const ModuleTree& tree, const std::string& module) {
    Names aliases;
    for (const AliasEntry& alias : *tree.aliases) {
      if (alias.module == module) aliases.insert(alias.pattern);
    }
    return aliases;
  }

  static std::string without_all(const std::string& alias) {
    return alias.ends_with("-all") ? alias.substr(0, alias.size() - 4) : alias;
  }

  void add(const std::string& module) {
    if (names_of_modules(facts_).contains(module)) kept_.insert(module);
  }

  void add_request_in(const ModuleTree& tree, const std::string& request) {
    if (find(tree, request) != nullptr) {
      kept_.insert(request);
      return;
    }
    for (const AliasEntry& alias : *tree.aliases) {
      if (alias.pattern == request && find(tree, alias.module) != nullptr)
        kept_.insert(alias.module);
    }
  }

  void add_request(const std::string& request) {
    for (const ModuleTree& tree : facts_.trees) add_request_in(tree, request);
  }

  void add_behind(const std::string& module) {
    for (const ModuleTree& tree : facts_.trees) {
      const IndexEntry* entry = find(tree, module);
      if (entry == nullptr) continue;
      for (const std::string& name : entry->depends) {
        if (find(tree, name) != nullptr) kept_.insert(name);
      }
      add_soft_and_weak(tree, module);
      for (const std::string& alias : aliases_of(tree, module)) {
        add_ciphers(tree, alias);
        add_successors(tree, module, alias);
      }
    }
  }

  void add_soft_and_weak(const ModuleTree& tree, const std::string& module) {
    const auto softdep = std::ranges::find(*tree.softdeps, module, &SoftDependency::module);
    if (softdep != tree.softdeps->end()) {
      for (const std::string& name : softdep->pre) add_request_in(tree, name);
      for (const std::string& name : softdep->post) add_request_in(tree, name);
    }
    for (const ConfigLine& line : *tree.weakdeps) {
      if (line.name != module) continue;
      const std::string& names = line.argument;
      const std::size_t blank = names.find(' ');
      add_request_in(tree, names.substr(0, blank));
      add_request_in(tree, names.substr(blank + 1));
    }
  }

  void add_ciphers(const ModuleTree& tree, const std::string& alias) {
    if (!alias.starts_with("crypto-")) return;
    for (const AliasEntry& other : *tree.aliases) {
      if (without_all(other.pattern) == without_all(alias) && find(tree, other.module) != nullptr)
        kept_.insert(other.module);
    }
  }

  void add_successors(const ModuleTree& tree, const std::string& module, const std::string& alias) {
    for (const ModuleTree& other : facts_.trees) {
      if (&other == &tree || aliases_of(other, module).contains(alias)) continue;
      for (const AliasEntry& successor : *other.aliases) {
        if (successor.pattern == alias && find(other, successor.module) != nullptr &&
            !aliases_of(tree, successor.module).contains(alias))
          kept_.insert(successor.module);
      }
    }
  }

  const Facts& facts_;
  Names kept_;
};

/// The lines of a host on which all else is denied.
LoadConfig denying(const KeepSet& set) {
  std::string lines;
  for (const ClosedModule& closed : set.closed)
    lines += fmt::format("install {0} /bin/false\nblacklist {0}\n", closed.module);
  return parse_modprobe_conf(lines, "/etc/modprobe.d/00-kmodsec-deny.conf");
}

/// Whether the deny of a module that this kernel has takes the place of the module.
bool is_stopped(const LoadModel& model, const ProbeStep& step) {
  return step.action == ProbeStep::Action::run && model.find(step.module) != nullptr;
}

TEST(KeepSetProperty, WhatWasUsedIsNeverDenied) {
  std::size_t used = 0;
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    const Month month(seed);
    const KeepSet set = keep_set(month.facts(), std::vector{month.record()}, {});
    const auto closed = closed_names(set);
    for (const UsedModule& module : month.record().modules)
      ASSERT_FALSE(std::ranges::binary_search(closed, module.module)) << seed << module.module;
    const LoadConfig denies = denying(set);
    for (const ModuleTree& tree : month.facts().trees) {
      const LoadModel model(denies, tree);
      for (const std::string& request : month.requests()) {
        for (const Candidate& candidate : model.look_up(request)) {
          if (std::ranges::binary_search(closed, candidate.module)) continue;
          for (const ProbeStep& step : model.steps(candidate))
            ASSERT_FALSE(is_stopped(model, step)) << seed << request << step.module;
        }
      }
    }
    used += month.record().modules.size();
  }
  EXPECT_GT(used, 500U);
}

TEST(KeepSetProperty, NothingIsKeptOutsideItsDefinition) {
  std::size_t closed = 0;
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    const Month month(seed);
    const KeepSet set = keep_set(month.facts(), std::vector{month.record()}, {});
    const auto kept = kept_names(set);
    ASSERT_EQ(Names(kept.begin(), kept.end()), Definition(month).kept()) << seed;
    closed += set.closed.size();
  }
  EXPECT_GT(closed, 100U);
}

TEST(KeepSetProperty, EachModuleIsEitherKeptOrClosed) {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    const Month month(seed);
    const KeepSet set = keep_set(month.facts(), std::vector{month.record()}, {});
    Names all;
    for (const KeptForUse& kept : set.kept) {
      ASSERT_TRUE(all.insert(kept.module).second) << kept.module;
      ASSERT_FALSE(kept.reason.empty()) << kept.module;
    }
    for (const ClosedModule& closed : set.closed)
      ASSERT_TRUE(all.insert(closed.module).second) << closed.module;
    ASSERT_EQ(all, names_of_modules(month.facts()));
  }
}

TEST(KeepSetProperty, DoesNotHangOnTheOrderOfWhatItIsMadeFrom) {
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    const Month month(seed);
    UsageRecord record = month.record();
    const KeepSet set = keep_set(month.facts(), std::vector{record}, {});
    std::ranges::reverse(record.modules);
    Facts facts = month.facts();
    for (ModuleTree& tree : facts.trees) std::ranges::reverse(*tree.index);
    ASSERT_EQ(kept_names(keep_set(facts, std::vector{record}, {})), kept_names(set)) << seed;
  }
}

}  // namespace
}  // namespace kmodsec::test
