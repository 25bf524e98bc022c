// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/keep_set.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "analyze/host/own_denies.hpp"
#include "analyze/kernel/unseen_kernels.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/load_paths.hpp"
#include "analyze/loading/unseen_images.hpp"
#include "analyze/modules/nameless_modules.hpp"
#include "analyze/usage/keep_reasons.hpp"
#include "model/check.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

/// What a tree is asked for that was not seen; a file that depmod did not write is no gap.
template <class T>
void note_unless_absent(const Seen<T>& fact, std::vector<Unseen>& unseen) {
  if (!fact && fact.error().kind != ErrorKind::not_found)
    unseen.push_back(unseen_because(fact.error()));
}

std::vector<Unseen> unseen_of(const Facts& facts, std::span<const UsageRecord> records) {
  std::vector<Unseen> unseen = unseen_configuration(facts);
  std::ranges::copy(unseen_kernels(facts), std::back_inserter(unseen));
  note_unseen_kernels(facts, unseen);
  note_unseen(facts.load, unseen);
  note_unseen(facts.policy, unseen);
  note_unseen_needs(facts, unseen);
  std::ranges::copy(facts.untyped_mounts, std::back_inserter(unseen));
  note_unseen(facts.service_needs, unseen);
  note_unseen(facts.devices, unseen);
  if (records.empty()) note_unseen(facts.usage, unseen);
  if (facts.live && !lacks_module_support(facts)) note_unseen_loaded(facts, unseen);
  for (const ModuleTree& tree : facts.trees) {
    note_unseen(index_in_use(tree), unseen);
    note_unseen(aliases_in_use(tree), unseen);
    note_unless_absent(tree.softdeps, unseen);
    note_unless_absent(tree.weakdeps, unseen);
    note_unless_absent(tree.builtin, unseen);
    std::ranges::move(unseen_images(tree), std::back_inserter(unseen));
  }
  return unseen;
}

/// Modules of the record that nothing asked for in a long time.
std::map<std::string, std::int64_t> long_unused(const Facts& facts,
                                                std::span<const UsageRecord> records) {
  std::map<std::string, std::int64_t> last_seen;
  std::set<std::string> often;
  for (const UsageRecord& record : records) {
    for (const UsedModule& used : record.modules) {
      const bool is_rare = used.boots == 1 && used.last_seen < facts.time - rarely_used_after;
      if (!is_rare) often.insert(used.module);
      auto& last = last_seen[used.module];
      last = std::max(last, used.last_seen);
    }
  }
  std::erase_if(last_seen, [&](const auto& one) { return often.contains(one.first); });
  return last_seen;
}

/// All that is kept, with or without what the records alone have.
class Keeping {
 public:
  Keeping(const Facts& facts, std::span<const KeepClass> classes, const KeepTrees& trees)
      : facts_(facts), classes_(classes), trees_(trees) {}

  KeptModules with(std::span<const UsageRecord> records) const {
    KeptModules kept(trees_);
    if (facts_.policy) add_policy(*facts_.policy, kept);
    add_loaded(facts_, kept);
    add_used(records, kept);
    add_boot(facts_, kept);
    add_hardware(facts_, kept);
    add_services(facts_, kept);
    if (facts_.policy) add_classes(*facts_.policy, classes_, trees_, kept);
    add_built_in(facts_, trees_, kept);
    kept.add_closure();
    return kept;
  }

  /// Those that would not be kept but for a use of long ago.
  std::vector<RarelyUsed> rarely(std::span<const UsageRecord> records,
                                 const KeptModules& kept) const {
    const auto rare = long_unused(facts_, records);
    if (rare.empty()) return {};
    std::vector<UsageRecord> others(records.begin(), records.end());
    for (UsageRecord& record : others)
      std::erase_if(record.modules,
                    [&](const UsedModule& used) { return rare.contains(used.module); });
    const KeptModules without = with(others);
    std::vector<RarelyUsed> rarely;
    for (const auto& [module, last_seen] : rare) {
      if (kept.has(module) && !without.has(module)) rarely.push_back({module, last_seen});
    }
    return rarely;
  }

 private:
  const Facts& facts_;
  std::span<const KeepClass> classes_;
  const KeepTrees& trees_;
};

/// What is not kept, and who could have it loaded, if nothing of ours closed it.
class Closed {
 public:
  Closed(const KeptModules& kept, KeepSetDetail detail) : kept_(kept), detail_(detail) {}

  void add(const Facts& open, const ModuleTree& tree, std::vector<Unseen>& unseen) {
    if (!index_in_use(tree)) return;
    std::optional<LoadPaths> load_paths;
    if (detail_ == KeepSetDetail::whole) load_paths.emplace(open, tree);
    NamelessModules nameless;
    for (const IndexEntry& entry : *index_in_use(tree)) {
      if (kept_.has(entry.name)) continue;
      if (is_module_name(entry.name))
        add(entry.name, load_paths ? reach_of(load_paths->of(entry.name)) : Attacker{});
      else
        nameless.add(entry.name);
    }
    nameless.note(tree.folder, unseen);
  }

  std::vector<ClosedModule> take() {
    std::vector<ClosedModule> closed;
    for (auto& [name, reach] : modules_) closed.push_back({name, std::move(reach)});
    return closed;
  }

 private:
  static Attacker reach_of(const ModuleLoadPaths& paths) { return {paths.position, paths.trigger}; }

  void add(const std::string& name, Attacker reach) {
    const auto [at, is_new] = modules_.try_emplace(name, reach);
    if (!is_new && reach.position < at->second.position) at->second = std::move(reach);
  }

  const KeptModules& kept_;
  KeepSetDetail detail_;
  std::map<std::string, Attacker> modules_;
};

}  // namespace

KeepSet keep_set(const Facts& facts, std::span<const UsageRecord> records,
                 std::span<const KeepClass> classes, KeepSetDetail detail) {
  KeepSet set{.unseen = unseen_of(facts, records)};
  if (!facts.load) {
    sort_unique(set.unseen);
    return set;
  }
  const LoadConfig leading = leading_lines(*facts.load);
  const KeepTrees trees = keep_trees(leading, facts);
  const Keeping keeping(facts, classes, trees);
  const KeptModules kept = keeping.with(records);
  const bool is_whole = detail == KeepSetDetail::whole;
  if (is_whole) set.rarely = keeping.rarely(records, kept);
  if (facts.policy) set.unknown = unknown_names(*facts.policy, classes, trees);

  Closed closed(kept, detail);
  const Facts open = is_whole ? facts_without_denies(facts) : Facts{};
  const std::vector<ModuleTree>& all = is_whole ? open.trees : facts.trees;
  for (const ModuleTree& tree : all) closed.add(open, tree, set.unseen);
  for (const auto& [name, module] : kept.modules()) set.kept.push_back(module);
  set.closed = closed.take();
  sort_unique(set.unseen);
  return set;
}

KeepSet keep_set_of_host(const Facts& facts, KeepSetDetail detail) {
  return keep_set(
      facts, facts.usage ? std::span(&*facts.usage, 1) : std::span<const UsageRecord>{},
      facts.policy ? std::span(facts.policy->keep_classes) : std::span<const KeepClass>{}, detail);
}

}  // namespace kmodsec
