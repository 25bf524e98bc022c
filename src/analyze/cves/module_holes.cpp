// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/module_holes.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <tuple>
#include <utility>

#include "base/text.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

struct TriggerReach {
  std::string_view trigger;
  Reach reach;
};

/// What the tables say that the user of a hole needs, once the module is in.
constexpr std::array trigger_reaches = {
    TriggerReach{"user", Reach::unprivileged},  TriggerReach{"userns", Reach::user_namespace},
    TriggerReach{"group", Reach::group},        TriggerReach{"physical", Reach::device},
    TriggerReach{"adjacent", Reach::neighbour}, TriggerReach{"network", Reach::neighbour},
    TriggerReach{"guest", Reach::guest},        TriggerReach{"root-setup", Reach::root},
};

const KernelChangelog* changelog_of(const ModuleTree& tree) {
  return tree.changelog ? &*tree.changelog : nullptr;
}

/// The letters of a CVSS score that are high.
auto weight_of(std::string_view score) { return std::ranges::count(score, 'H'); }

bool is_worse_hole(const HoleAnswer& left, const HoleAnswer& right) {
  const auto order = [](const HoleAnswer& answer) {
    return std::tuple(!is_open(answer.verdict.status), -static_cast<int>(answer.hole->exploit),
                      answer.reach, -weight_of(answer.hole->score));
  };
  return order(left) != order(right) ? order(left) < order(right) : left.hole->id > right.hole->id;
}

bool names(const HoleRecord& hole, std::string_view module) {
  if (!hole.modules.contains(module)) return false;
  const auto modules = modules_of(hole);
  return std::ranges::find(modules, module) != modules.end();
}

Exploit worst_exploit(const ModuleHoles& module) {
  Exploit worst = Exploit::none;
  for (const HoleAnswer& answer : module.holes)
    if (is_open(answer.verdict.status)) worst = std::max(worst, answer.hole->exploit);
  return worst;
}

Reach easiest_of(const ModuleHoles& module) {
  Reach easiest = Reach::nobody;
  for (const HoleAnswer& answer : module.holes)
    if (is_open(answer.verdict.status)) easiest = std::min(easiest, answer.reach);
  return easiest;
}

}  // namespace

std::vector<std::string_view> modules_of(const HoleRecord& hole) {
  return split(hole.modules, ',');
}

bool is_in_tables(const KnownHoles& known, std::string_view module) {
  return std::ranges::any_of(known.holes,
                             [&](const HoleRecord& hole) { return names(hole, module); });
}

bool is_worse(const ModuleHoles& left, const ModuleHoles& right) {
  const auto order = [](const ModuleHoles& module) {
    return std::tuple(-static_cast<int>(worst_exploit(module)), !is_in_kernel(module),
                      module.denied, easiest_of(module));
  };
  return order(left) != order(right)
             ? order(left) < order(right)
             : std::tie(left.kernel, left.name) < std::tie(right.kernel, right.name);
}

HolesOfKernel::HolesOfKernel(const Facts& facts, const ModuleTree& tree)
    : facts_(facts),
      tree_(tree),
      origin_(origin_of(facts, tree)),
      judge_(*facts.known_holes, origin_, changelog_of(tree)) {}

const Doors& HolesOfKernel::doors() const {
  if (!doors_) doors_.emplace(facts_, tree_);
  return *doors_;
}

/// Loadable or built in. Who can get at them is dear to ask, and most need not be asked about.
const std::unordered_set<std::string_view>& HolesOfKernel::modules_here() const {
  if (!here_.empty()) return here_;
  if (index_in_use(tree_)) {
    for (const IndexEntry& entry : *index_in_use(tree_)) here_.insert(entry.name);
  }
  if (tree_.builtin) {
    for (const BuiltinModule& module : *tree_.builtin) here_.insert(module.name);
  }
  return here_;
}

std::string HolesOfKernel::why_untold() const {
  if (!origin_.why_not.empty()) return origin_.why_not;
  if (judge_.is_newer_than_data()) return "this kernel is newer than the tables of known holes";
  return "a fix was taken back, or a record names no versions";
}

ModuleHoles HolesOfKernel::place(const std::string& module) const {
  const ModuleDoors its = doors().of(module);
  ModuleHoles holes{.name = module,
                    .kernel = tree_.release,
                    .presence = its.presence,
                    .loaded = its.loaded,
                    .denied = its.denied,
                    .reach = its.reach,
                    .trigger = its.trigger};
  if (is_in_kernel(holes)) {
    holes.reach = its.once_in.reach;
    holes.trigger = its.once_in.trigger;
  }
  return holes;
}

/// A module that is not in must be brought in first: the harder of both counts.
Reach HolesOfKernel::reach_of(const HoleRecord& hole, const ModuleHoles& module) const {
  const auto known = std::ranges::find(trigger_reaches, hole.trigger, &TriggerReach::trigger);
  if (known == trigger_reaches.end()) return module.reach;
  const Reach needed = doors().reach_here(known->reach);
  return is_in_kernel(module) ? needed : std::max(needed, module.reach);
}

ModuleHoles HolesOfKernel::judged(const std::string& module, const Records& records) const {
  ModuleHoles holes = place(module);
  if (holes.presence == Presence::absent) return holes;
  for (const HoleRecord* hole : records)
    holes.holes.push_back({hole, judge_.judge(*hole), reach_of(*hole, holes)});
  std::ranges::sort(holes.holes, is_worse_hole);
  return holes;
}

const std::unordered_map<std::string_view, HolesOfKernel::Records>& HolesOfKernel::index() const {
  if (!index_.empty()) return index_;
  for (const HoleRecord& hole : facts_.known_holes->holes)
    for (const std::string_view module : modules_of(hole)) index_[module].push_back(&hole);
  return index_;
}

HolesOfKernel::Records HolesOfKernel::records_of(const std::string& module) const {
  const auto found = index().find(module);
  return found == index().end() ? Records{} : found->second;
}

std::vector<HoleAnswer> HolesOfKernel::verdicts(const std::string& module) const {
  std::vector<HoleAnswer> answers;
  for (const HoleRecord* hole : records_of(module))
    answers.push_back({.hole = hole, .verdict = judge_.judge(*hole)});
  std::ranges::sort(answers, is_worse_hole);
  return answers;
}

ModuleHoles HolesOfKernel::of(const std::string& module) const {
  return judged(module, records_of(module));
}

std::unordered_map<std::string_view, HolesOfKernel::Records> HolesOfKernel::open_exploited() const {
  std::unordered_map<std::string_view, Records> open;
  for (const HoleRecord& hole : facts_.known_holes->holes) {
    if (hole.exploit == Exploit::none || !is_open(judge_.judge(hole).status)) continue;
    for (const std::string_view module : modules_of(hole)) open[module].push_back(&hole);
  }
  return open;
}

std::unordered_map<std::string_view, std::vector<std::string>> HolesOfKernel::exploited() const {
  std::unordered_map<std::string_view, std::vector<std::string>> ids;
  for (const auto& [module, records] : open_exploited())
    for (const HoleRecord* hole : records) ids[module].push_back(cve_id(*hole));
  return ids;
}

std::vector<ModuleHoles> HolesOfKernel::notable() const {
  std::vector<ModuleHoles> modules;
  for (const auto& [name, records] : open_exploited())
    if (is_here(name)) modules.push_back(judged(std::string(name), records));
  std::ranges::sort(modules, is_worse);
  return modules;
}

std::vector<ModuleHoles> HolesOfKernel::all() const {
  std::vector<ModuleHoles> modules;
  for (const auto& [name, records] : index())
    if (is_here(name)) modules.push_back(judged(std::string(name), records));
  std::ranges::sort(modules, is_worse);
  return modules;
}

}  // namespace kmodsec
