// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/module_cves.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

struct TriggerPosition {
  std::string_view trigger;
  AttackerPosition position;
};

/// What the tables say that the user of a vulnerability needs, once the module is in.
constexpr std::array trigger_reaches = {
    TriggerPosition{"user", AttackerPosition::local},
    TriggerPosition{"userns", AttackerPosition::local_userns},
    TriggerPosition{"group", AttackerPosition::local_group},
    TriggerPosition{"physical", AttackerPosition::physical},
    TriggerPosition{"adjacent", AttackerPosition::adjacent},
    TriggerPosition{"network", AttackerPosition::adjacent},
    TriggerPosition{"guest", AttackerPosition::guest},
    TriggerPosition{"root-setup", AttackerPosition::root},
};

const KernelChangelog* changelog_of(const ModuleTree& tree) {
  return tree.changelog ? &*tree.changelog : nullptr;
}

/// The letters of a CVSS score that are high.
auto weight_of(std::string_view score) { return std::ranges::count(score, 'H'); }

bool is_worse_cve(const CveAnswer& left, const CveAnswer& right) {
  const auto order = [](const CveAnswer& answer) {
    return std::tuple(!is_open(answer.verdict.status), -static_cast<int>(answer.cve->exploit),
                      answer.position, -weight_of(answer.cve->score));
  };
  return order(left) != order(right) ? order(left) < order(right) : left.cve->id > right.cve->id;
}

bool names(const KnownCve& cve, std::string_view module) {
  if (!cve.modules.contains(module)) return false;
  const auto modules = modules_of(cve);
  return std::ranges::find(modules, module) != modules.end();
}

Exploit worst_exploit(const ModuleCves& module) {
  Exploit worst = Exploit::none;
  for (const CveAnswer& answer : module.cves)
    if (is_open(answer.verdict.status)) worst = std::max(worst, answer.cve->exploit);
  return worst;
}

AttackerPosition easiest_of(const ModuleCves& module) {
  AttackerPosition easiest = AttackerPosition::none;
  for (const CveAnswer& answer : module.cves)
    if (is_open(answer.verdict.status)) easiest = std::min(easiest, answer.position);
  return easiest;
}

}  // namespace

std::vector<std::string_view> modules_of(const KnownCve& cve) { return split(cve.modules, ','); }

bool is_in_tables(const KnownCves& known, std::string_view module) {
  return std::ranges::any_of(known.cves, [&](const KnownCve& cve) { return names(cve, module); });
}

bool is_worse(const ModuleCves& left, const ModuleCves& right) {
  const auto order = [](const ModuleCves& module) {
    return std::tuple(-static_cast<int>(worst_exploit(module)), !is_in_kernel(module),
                      module.denied, easiest_of(module));
  };
  return order(left) != order(right)
             ? order(left) < order(right)
             : std::tie(left.kernel, left.name) < std::tie(right.kernel, right.name);
}

CvesOfKernel::CvesOfKernel(const Facts& facts, const ModuleTree& tree)
    : facts_(facts),
      tree_(tree),
      origin_(origin_of(facts, tree)),
      judge_(*facts.known_cves, origin_, changelog_of(tree)) {}

const LoadPaths& CvesOfKernel::load_paths() const {
  if (!load_paths_) load_paths_.emplace(facts_, tree_);
  return *load_paths_;
}

/// Loadable, built in or loaded. Who can get at them is expensive to ask, and most need not be
/// asked about.
const std::unordered_set<std::string_view>& CvesOfKernel::modules_here() const {
  if (!here_.empty()) return here_;
  if (tree_.builtin) {
    for (const BuiltinModule& module : *tree_.builtin) here_.insert(module.name);
  }
  if (lacks_module_support(facts_, tree_)) return here_;
  if (index_in_use(tree_)) {
    for (const IndexEntry& entry : *index_in_use(tree_)) here_.insert(entry.name);
  }
  if (facts_.live && facts_.loaded && facts_.kernel.release == tree_.release) {
    for (const LoadedModule& module : *facts_.loaded) here_.insert(module.name);
  }
  return here_;
}

std::string CvesOfKernel::why_untold() const {
  if (!origin_.why_not.empty()) return origin_.why_not;
  if (judge_.is_newer_than_data())
    return fmt::format(
        "this kernel is newer than the tables of known vulnerabilities, which are of {}: "
        "'kmodsec data import FILE' installs newer ones, and --tracker FILE lets its distribution "
        "tell",
        utc_date(facts_.known_cves->date));
  return "a fix was taken back, or a record names no versions, or those of the mainline alone";
}

ModuleCves CvesOfKernel::place(const std::string& module) const {
  const ModuleLoadPaths its = load_paths().of(module);
  ModuleCves cves{.name = module,
                  .kernel = tree_.release,
                  .presence = its.presence,
                  .loaded = its.loaded,
                  .denied = its.denied,
                  .unknown = its.unknown,
                  .position = its.position,
                  .trigger = its.trigger};
  if (is_in_kernel(cves)) {
    cves.position = its.when_loaded.position;
    cves.trigger = its.when_loaded.trigger;
  }
  return cves;
}

/// A module that is not in must be brought in first: the harder of both counts.
AttackerPosition CvesOfKernel::position_of(const KnownCve& cve, const ModuleCves& module) const {
  const auto known = std::ranges::find(trigger_reaches, cve.trigger, &TriggerPosition::trigger);
  if (known == trigger_reaches.end()) return module.position;
  const AttackerPosition needed = load_paths().position_here(known->position);
  return is_in_kernel(module) ? needed : std::max(needed, module.position);
}

ModuleCves CvesOfKernel::judged(const std::string& module, const Records& records) const {
  ModuleCves cves = place(module);
  if (!is_here(module)) return cves;
  for (const KnownCve* cve : records)
    cves.cves.push_back({cve, judge_.judge(*cve), position_of(*cve, cves)});
  std::ranges::sort(cves.cves, is_worse_cve);
  cves.counts = counts_of(cves.cves);
  return cves;
}

const std::unordered_map<std::string_view, CvesOfKernel::Records>& CvesOfKernel::index() const {
  if (!index_.empty()) return index_;
  for (const KnownCve& cve : facts_.known_cves->cves)
    for (const std::string_view module : modules_of(cve)) index_[module].push_back(&cve);
  return index_;
}

CvesOfKernel::Records CvesOfKernel::records_of(const std::string& module) const {
  const auto found = index().find(module);
  return found == index().end() ? Records{} : found->second;
}

std::optional<std::vector<CveAnswer>> CvesOfKernel::verdicts(const std::string& module) const {
  if (!is_here(module)) return std::nullopt;
  std::vector<CveAnswer> answers;
  for (const KnownCve* cve : records_of(module))
    answers.push_back({.cve = cve, .verdict = judge_.judge(*cve)});
  std::ranges::sort(answers, is_worse_cve);
  return answers;
}

ModuleCves CvesOfKernel::of(const std::string& module) const {
  return judged(module, records_of(module));
}

std::unordered_map<std::string_view, CvesOfKernel::Records> CvesOfKernel::open_exploited() const {
  std::unordered_map<std::string_view, Records> open;
  for (const KnownCve& cve : facts_.known_cves->cves) {
    if (cve.exploit == Exploit::none || !is_open(judge_.judge(cve).status)) continue;
    for (const std::string_view module : modules_of(cve)) open[module].push_back(&cve);
  }
  return open;
}

std::unordered_map<std::string_view, std::vector<CveAnswer>> CvesOfKernel::exploited() const {
  std::unordered_map<std::string_view, std::vector<CveAnswer>> answers;
  for (const auto& [module, records] : open_exploited())
    for (const KnownCve* cve : records)
      answers[module].push_back({.cve = cve, .verdict = judge_.judge(*cve)});
  return answers;
}

std::vector<ModuleCves> CvesOfKernel::notable() const {
  std::vector<ModuleCves> modules;
  for (const auto& [name, records] : open_exploited())
    if (is_here(name)) modules.push_back(judged(std::string(name), records));
  std::ranges::sort(modules, is_worse);
  return modules;
}

std::vector<ModuleCves> CvesOfKernel::all() const {
  std::vector<ModuleCves> modules;
  for (const auto& [name, records] : index())
    if (is_here(name)) modules.push_back(judged(std::string(name), records));
  std::ranges::sort(modules, is_worse);
  return modules;
}

std::size_t CvesOfKernel::undecided() const {
  std::size_t undecided = 0;
  for (const auto& [name, records] : index()) {
    if (!is_here(name)) continue;
    undecided += static_cast<std::size_t>(std::ranges::count_if(records, [&](const KnownCve* cve) {
      return judge_.judge(*cve).status == VexStatus::under_investigation;
    }));
  }
  return undecided;
}

}  // namespace kmodsec
