// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/load_paths.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "analyze/loading/autoload.hpp"
#include "analyze/loading/device_nodes.hpp"
#include "analyze/loading/tree_load_config.hpp"
#include "analyze/modules/module_files.hpp"
#include "base/shown_text.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

const LoadConfig no_configuration;

LoadPathVerdict impossible(LoadPath load_path, std::string note) {
  return {load_path, LoadPathOutcome::impossible, std::nullopt, std::move(note)};
}

Reason blacklisted(const ConfigLine& line) {
  return {deciding(line), "blacklisted: requests by alias pass it over"};
}

}  // namespace

LoadPaths::~LoadPaths() = default;

LoadPaths::LoadPaths(const Facts& facts, const ModuleTree& tree)
    : LoadPaths(facts, tree, facts.load ? rules_of(facts.load->loader) : LoadRules{}) {
  if (!facts.load) return;
  for (const LoadRules& rules : other_rules(*facts.load, tree))
    by_other_rules_.push_back(std::make_unique<LoadPaths>(facts, tree, rules));
}

LoadPaths::LoadPaths(const Facts& facts, const ModuleTree& tree, const LoadRules& rules)
    : facts_(facts),
      tree_(tree),
      load_(load_config_of_tree(facts.load ? *facts.load : no_configuration, tree)),
      model_(load_, tree, rules),
      triggers_(facts, tree),
      asked_(tree, model_, triggers_),
      gates_(facts, tree) {
  refuses_ = [this](std::string_view module) { return gates_.refusal_of(module); };
  add_modules();
  add_parents();
  if (facts.load) {
    const auto by_name = [this](const std::string& module) -> const Insertion& {
      return insertion_of(module);
    };
    at_boot_ =
        std::make_unique<BootRequests>(load_, tree, rules, RequestedBy{model_, refuses_, by_name});
  }
  if (!tree.initramfs_images) return;
  for (const InitramfsImage& image : *tree.initramfs_images)
    images_.push_back(std::make_unique<ImageLoadPath>(
        image, tree, [this](std::string_view module) { return gates_.refusal_in_images(module); }));
}

bool LoadPaths::knows_loaded() const {
  return facts_.live && facts_.loaded && facts_.kernel.release == tree_.release;
}

void LoadPaths::add_modules() {
  if (tree_.builtin) {
    for (const BuiltinModule& module : *tree_.builtin) builtin_.try_emplace(module.name, &module);
  }
  if (!knows_loaded()) return;
  for (const LoadedModule& module : *facts_.loaded) loaded_.insert(module.name);
  if (!tree_.files) return;
  for (const ModuleFile& file : *tree_.files) {
    if (loaded_.contains(loaded_name(file))) loaded_.insert(file.name);
  }
}

void LoadPaths::add_parents() {
  if (!index_in_use(tree_)) return;
  for (const IndexEntry& entry : *index_in_use(tree_)) {
    for (const std::string& needed : entry.depends) dependants_[needed].push_back(entry.name);
    const ConfigLine* softdep = model_.softdep_line(entry.name);
    if (softdep == nullptr) continue;
    for (const std::vector<std::string>* names : {&softdep->pre, &softdep->post}) {
      for (const std::string& name : *names) {
        for (const Candidate& candidate : model_.look_up(name))
          softdep_parents_[candidate.module].push_back(entry.name);
      }
    }
  }
}

const Insertion& LoadPaths::insertion_of(const std::string& module) const {
  const auto known = insertions_.find(module);
  if (known != insertions_.end()) return known->second;
  const Candidate candidate{module, {}, model_.is_builtin(module), nullptr};
  return insertions_.emplace(module, follow(model_.steps(candidate), model_, refuses_))
      .first->second;
}

Presence LoadPaths::presence_of(const std::string& module) const {
  const bool loads_none = lacks_module_support(facts_, tree_);
  if (!loads_none && model_.find(module) != nullptr) return Presence::loadable;
  if (model_.is_builtin(module)) return Presence::builtin;
  const bool may_be_builtin = !tree_.builtin && !loaded_.contains(module);
  const bool may_be_indexed = !index_in_use(tree_) && !loads_none;
  return may_be_builtin || may_be_indexed ? Presence::unknown : Presence::absent;
}

LoadPathVerdict LoadPaths::verdict_of(LoadPath load_path, const std::string& module,
                                      const Insertion& insertion) const {
  LoadPathVerdict verdict{load_path, LoadPathOutcome::denied, std::nullopt, {}};
  if (insertion.may_bring(module)) verdict.outcome = LoadPathOutcome::runs;
  if (insertion.brings(module)) verdict.outcome = LoadPathOutcome::loads;
  const auto reason = insertion.reasons.find(module);
  if (reason != insertion.reasons.end()) {
    verdict.decided_by = reason->second.by;
    verdict.note = reason->second.note;
  }
  return verdict;
}

/// What a program of unknown rules does with a request of the kernel is not known.
LoadPathVerdict LoadPaths::asked_by_kernel(LoadPathVerdict verdict) const {
  const std::optional<Reason>& program = gates_.unknown_program();
  if (!program || verdict.outcome == LoadPathOutcome::loads) return verdict;
  return {verdict.load_path, LoadPathOutcome::runs, program->by, program->note};
}

LoadPathVerdict LoadPaths::by_name(const std::string& module) const {
  for (const Candidate& candidate : model_.look_up(module)) {
    if (candidate.module == module)
      return asked_by_kernel(verdict_of(LoadPath::name, module, insertion_of(module)));
    if (candidate.line != nullptr)
      return asked_by_kernel({LoadPath::name, LoadPathOutcome::denied, deciding(*candidate.line),
                              "the name leads to " + candidate.module});
  }
  return impossible(LoadPath::name, "no request by this name leads to it");
}

bool LoadPaths::is_asked_by_kernel(const std::string& request) const {
  const auto trigger = triggers_.autoload_of(request);
  return is_node_alias(request) || (trigger && trigger->by_kernel);
}

LoadPathVerdict LoadPaths::of_alias(const std::string& module, const std::string& alias) const {
  const bool kernel_asks = is_asked_by_kernel(alias);
  if (kernel_asks && gates_.no_requests())
    return {LoadPath::alias, LoadPathOutcome::denied, gates_.no_requests()->by,
            gates_.no_requests()->note};
  if (kernel_asks && gates_.unknown_program())
    return asked_by_kernel({.load_path = LoadPath::alias, .outcome = LoadPathOutcome::denied});
  const ConfigLine* blacklist = model_.blacklist_line(module);
  const bool is_pattern = is_alias_pattern(alias);
  const std::vector<Candidate> found =
      is_pattern && blacklist == nullptr ? model_.redirections(alias) : model_.look_up(alias);
  if (const auto other = brought_by_other(module, found)) return *other;
  const auto candidate = std::ranges::find(found, module, &Candidate::module);
  const bool is_redirected = !found.empty() && found.front().line != nullptr;
  if (candidate == found.end() && (!is_pattern || is_redirected)) return led_elsewhere(found);
  const bool by_its_name = candidate != found.end() && candidate->alias.empty();
  if (blacklist != nullptr && !by_its_name) {
    const Reason reason = blacklisted(*blacklist);
    return {LoadPath::alias, LoadPathOutcome::denied, reason.by, reason.note};
  }
  return verdict_of(LoadPath::alias, module, insertion_of(module));
}

/// Several modules can answer to one request, and one of them need the other.
std::optional<LoadPathVerdict> LoadPaths::brought_by_other(
    const std::string& module, const std::vector<Candidate>& found) const {
  for (const Candidate& other : found) {
    if (other.module == module || other.builtin) continue;
    if (!other.alias.empty() && model_.blacklist_line(other.module) != nullptr) continue;
    const Insertion& insertion = insertion_of(other.module);
    if (!insertion.may_bring(module)) continue;
    LoadPathVerdict verdict = verdict_of(LoadPath::alias, module, insertion);
    verdict.note = verdict.note.empty() ? "with " + other.module : verdict.note;
    return verdict;
  }
  return std::nullopt;
}

LoadPathVerdict LoadPaths::led_elsewhere(const std::vector<Candidate>& found) const {
  if (found.empty()) return impossible(LoadPath::alias, "the alias leads nowhere");
  const Candidate& first = found.front();
  if (first.line != nullptr)
    return {LoadPath::alias, LoadPathOutcome::denied, deciding(*first.line),
            "the alias leads to " + first.module};
  if (const ConfigLine* line = model_.install_line(first.module))
    return {LoadPath::alias, LoadPathOutcome::denied, deciding(*line),
            "an install line answers for the alias itself"};
  return impossible(LoadPath::alias, "the alias leads elsewhere");
}

LoadPathVerdict LoadPaths::by_alias(const std::string& module) const {
  const std::vector<std::string>& aliases = asked_.aliases_of(module);
  if (aliases.empty()) return impossible(LoadPath::alias, "it has no alias");
  LoadPathVerdict best = impossible(LoadPath::alias, "no alias leads to it");
  for (const std::string& alias : aliases) {
    if (normalized_module_name(alias) == module) continue;  // that is the load path of its name
    LoadPathVerdict verdict = of_alias(module, alias);
    if (verdict.outcome == LoadPathOutcome::impossible) continue;
    verdict.note = verdict.note.empty() ? "by " + alias : "by " + alias + ": " + verdict.note;
    if (verdict.outcome == LoadPathOutcome::loads) return verdict;
    if (verdict.outcome < best.outcome) best = std::move(verdict);
  }
  return best;
}

LoadPathVerdict LoadPaths::by_parents(LoadPath load_path, const std::string& module) const {
  const Names* parents = nullptr;
  if (load_path == LoadPath::dependency) {
    const auto found = dependants_.find(module);
    if (found != dependants_.end()) parents = &found->second;
  } else {
    const auto found = softdep_parents_.find(module);
    if (found != softdep_parents_.end()) parents = &found->second;
  }
  if (parents == nullptr)
    return impossible(load_path, load_path == LoadPath::dependency ? "no module needs it"
                                                                   : "no softdep names it");
  LoadPathVerdict best = impossible(load_path, {});
  for (const std::string_view parent : *parents) {
    LoadPathVerdict verdict = verdict_of(load_path, module, insertion_of(std::string(parent)));
    if (verdict.outcome >= best.outcome && verdict.outcome != LoadPathOutcome::denied) continue;
    if (verdict.outcome > best.outcome) continue;
    if (verdict.outcome <= LoadPathOutcome::runs)
      verdict.note = verdict.note.empty() ? fmt::format("with {}", parent)
                                          : fmt::format("with {}: {}", parent, verdict.note);
    best = std::move(verdict);
    if (best.outcome == LoadPathOutcome::loads) return best;
  }
  return best;
}

LoadPathVerdict LoadPaths::at_boot(const std::string& module) const {
  if (at_boot_ == nullptr) return impossible(LoadPath::boot, "nothing asks for it at boot");
  return at_boot_->judge(module);
}

/// The first image that lets it in; otherwise what the first one says that has it.
LoadPathVerdict LoadPaths::in_images(const std::string& module) const {
  LoadPathVerdict best = impossible(LoadPath::initramfs, "in no initramfs of this kernel");
  for (const auto& image : images_) {
    LoadPathVerdict verdict = image->judge(module);
    if (verdict.outcome == LoadPathOutcome::loads) return verdict;
    const bool is_better = best.outcome == LoadPathOutcome::impossible;
    if (is_better || verdict.outcome < best.outcome) best = std::move(verdict);
  }
  return best;
}

LoadPathVerdict LoadPaths::by_insmod(const std::string& module) const {
  if (const auto refusal = gates_.refusal_of(module))
    return {LoadPath::insmod, LoadPathOutcome::denied, refusal->by, refusal->note};
  LoadPathVerdict verdict{LoadPath::insmod, LoadPathOutcome::loads, std::nullopt,
                          "root can: insmod reads no configuration of modprobe"};
  if (const EnvironmentLine* line = first_past_denies(load_)) {
    verdict.decided_by = DecidingLine{line->source, line->line, shortened(line->text)};
    verdict.note += ", and modprobe passes over denies where that line sets MODPROBE_OPTIONS";
  }
  return verdict;
}

}  // namespace kmodsec
