// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/load_model.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "base/text.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

const std::vector<AliasEntry> no_aliases;
const ConfigLines no_config_lines;

/// modprobe of kmod reads the binary index, that of busybox the text, with names as it knows them.
std::vector<AliasEntry> aliases_of_busybox(const ModuleTree& tree, const LoadRules& rules) {
  std::vector<AliasEntry> aliases;
  if (rules.reader == LoaderKind::kmod || !tree.aliases) return aliases;
  for (const AliasEntry& entry : *tree.aliases)
    aliases.push_back({busybox_name(entry.pattern), busybox_name(entry.module)});
  return aliases;
}

const std::vector<AliasEntry>& aliases_of(const ModuleTree& tree, const LoadRules& rules,
                                          const std::vector<AliasEntry>& of_busybox) {
  if (rules.reader != LoaderKind::kmod) return of_busybox;
  return aliases_in_use(tree) ? *aliases_in_use(tree) : no_aliases;
}

/// As for the aliases. Where the text is not there the other index stands for it.
const Seen<std::vector<IndexEntry>>& index_of(const ModuleTree& tree, const LoadRules& rules) {
  return rules.reader == LoaderKind::kmod || !tree.index ? index_in_use(tree) : tree.index;
}

}  // namespace

/// The list that libkmod makes before it starts (kmod_module_get_probe_list). A dependency whose
/// turn comes twice stands in it twice.
class LoadModel::ProbeList {
 public:
  explicit ProbeList(const LoadModel& model) : model_(model) {}

  std::vector<ProbeStep> take(const Candidate& candidate, InstallLines install) {
    add(candidate, true, install == InstallLines::of_others);
    for (std::size_t i = 0; i < steps_.size(); ++i)
      steps_[i].required = required_.contains(keys_[i]);
    return std::move(steps_);
  }

 private:
  static constexpr std::size_t work_of_step = 16;

  static std::string key(const Candidate& candidate) {
    return candidate.module + "\\" + candidate.alias;
  }

  void add(const Candidate& candidate, bool required, bool past_install = false) {
    if (!visited_.insert(key(candidate)).second) return;
    model_.work_.spend(work_of_step);
    std::vector<Candidate> needed;
    if (const IndexEntry* entry = model_.find(candidate.module)) {
      for (const std::string& name : std::views::reverse(entry->depends))
        needed.push_back({.module = name, .alias = {}, .builtin = model_.is_builtin(name)});
    }
    if (required) {
      required_.insert(key(candidate));
      for (const Candidate& one : needed) required_.insert(key(one));
    }
    for (const Candidate& one : needed) add_with_softdeps(one);
    if (past_install) return append(candidate, true);
    add_with_softdeps(candidate);
  }

  void add_with_softdeps(const Candidate& candidate) {
    const Softdeps softdeps = model_.softdeps_of(candidate.module);
    for (const Candidate& one : softdeps.pre) add(one, false);
    append(candidate, softdeps.any());
    for (const Candidate& one : softdeps.post) add(one, false);
  }

  /// A name that is known by its install line alone has the command of that very line, whatever
  /// pattern comes before it (kmod: libkmod-module.c, kmod_module_new_from_lookup, and
  /// libkmod-config.c, kmod_lookup_alias_from_commands).
  const ConfigLine* install_line_of(const Candidate& candidate, bool is_installed) const {
    const auto& named = model_.lines_of(Directive::install).named(candidate.module);
    const bool by_command = candidate.alias.empty() && !is_installed && !named.empty();
    return by_command ? named.front().line : model_.install_line(candidate.module);
  }

  void append(const Candidate& candidate, bool past_install) {
    model_.work_.spend(work_of_step);
    ProbeStep step{.module = candidate.module, .alias = candidate.alias};
    const IndexEntry* entry = model_.find(candidate.module);
    step.install = install_line_of(candidate, entry != nullptr);
    if (past_install) step.softdep = model_.softdep_line(candidate.module);
    if (entry != nullptr) step.path = entry->path;
    if (candidate.builtin || (entry == nullptr && model_.is_builtin(candidate.module))) {
      step.action = ProbeStep::Action::builtin;
    } else if (step.install != nullptr && !past_install) {
      step.action = ProbeStep::Action::run;
    } else if (entry == nullptr) {
      step.action = ProbeStep::Action::missing;
    }
    steps_.push_back(std::move(step));
    keys_.push_back(key(candidate));
  }

  const LoadModel& model_;
  std::unordered_set<std::string> visited_;
  std::unordered_set<std::string> required_;
  std::vector<ProbeStep> steps_;
  std::vector<std::string> keys_;
};

LoadModel::~LoadModel() = default;

LoadModel::LoadModel(const LoadConfig& config, const ModuleTree& tree)
    : LoadModel(config, tree, rules_of(config.loader)) {}

LoadModel::LoadModel(const LoadConfig& config, const ModuleTree& tree, const LoadRules& rules)
    : rules_(rules),
      lines_(lines_in_order(config, tree, rules)),
      programs_(config.programs),
      aliases_of_busybox_(aliases_of_busybox(tree, rules)),
      aliases_(aliases_of(tree, rules, aliases_of_busybox_)),
      work_(tree.folder.empty() ? "modprobe.d" : tree.folder) {
  for (const ConfigLine& line : lines_) by_directive_[line.directive].add(line);
  const Seen<std::vector<IndexEntry>>& index = index_of(tree, rules);
  if (index) {
    for (const IndexEntry& entry : *index) modules_.try_emplace(entry.name, &entry);
  }
  if (tree.builtin) {
    for (const BuiltinModule& module : *tree.builtin) builtin_.insert(module.name);
  }
}

CommandOutcome LoadModel::outcome_of(const ConfigLine& install) const {
  return outcome_of_command(install, programs_);
}

const IndexEntry* LoadModel::find(std::string_view module) const {
  const auto found = modules_.find(module);
  return found == modules_.end() ? nullptr : found->second;
}

const ConfigLines& LoadModel::lines_of(Directive directive) const {
  const auto lines = by_directive_.find(directive);
  return lines == by_directive_.end() ? no_config_lines : lines->second;
}

const ConfigLine* LoadModel::blacklist_line(std::string_view module) const {
  const auto& lines = lines_of(Directive::blacklist).named(module);
  return lines.empty() ? nullptr : lines.front().line;
}

const ConfigLine* LoadModel::install_line(std::string_view module) const {
  return lines_of(Directive::install).first_for(std::string(module), work_);
}

const ConfigLine* LoadModel::remove_line(std::string_view module) const {
  return lines_of(Directive::remove).first_for(std::string(module), work_);
}

const ConfigLine* LoadModel::softdep_line(std::string_view module) const {
  return lines_of(Directive::softdep).first_for(std::string(module), work_);
}

LoadModel::Softdeps LoadModel::softdeps_of(std::string_view module) const {
  Softdeps softdeps;
  const ConfigLine* line = softdep_line(module);
  if (line == nullptr) return softdeps;
  for (const auto& [names, found] :
       {std::pair(&line->pre, &softdeps.pre), {&line->post, &softdeps.post}}) {
    for (const std::string& name : *names) {
      for (Candidate& candidate : look_up(name)) found->push_back(std::move(candidate));
    }
  }
  return softdeps;
}

std::vector<const ConfigLine*> LoadModel::option_lines(const Candidate& candidate) const {
  const ConfigLines& lines = lines_of(Directive::options);
  std::vector<ConfigLines::Placed> found = lines.named(candidate.module);
  if (!candidate.alias.empty() && candidate.alias != candidate.module)
    std::ranges::copy(lines.named(candidate.alias), std::back_inserter(found));
  std::ranges::sort(found, {}, &ConfigLines::Placed::place);
  std::vector<const ConfigLine*> options;
  for (const ConfigLines::Placed& each : found) options.push_back(each.line);
  return options;
}

std::string LoadModel::options_of(const Candidate& candidate) const {
  std::vector<std::string> options;
  for (const ConfigLine* line : option_lines(candidate)) options.push_back(line->argument);
  return join(options, " ");
}

std::vector<ProbeStep> LoadModel::steps(const Candidate& candidate, InstallLines install) const {
  return ProbeList(*this).take(candidate, install);
}

void LoadModel::add_candidates_of_config(const std::string& name,
                                         std::vector<Candidate>& found) const {
  for (const ConfigLine* line : lines_of(Directive::alias).all_for(name, work_))
    found.push_back({line->argument, line->name, is_builtin(line->argument), line});
}

void LoadModel::add_candidates_of_aliases(const std::string& name,
                                          std::vector<Candidate>& found) const {
  for (const std::string_view module : aliases_.modules_of(name, work_))
    found.push_back({std::string(module), name, is_builtin(module), nullptr});
}

std::vector<Candidate> LoadModel::redirections(std::string_view request) const {
  std::vector<Candidate> found;
  if (const auto normalized = normalized_pattern(request))
    add_candidates_of_config(*normalized, found);
  return found;
}

std::vector<Candidate> LoadModel::look_up(std::string_view request) const {
  if (rules_.reader != LoaderKind::kmod) return look_up_in_busybox(request);
  std::vector<Candidate> found;
  const auto normalized = normalized_pattern(request);
  if (!normalized || normalized->empty()) return found;
  add_candidates_of_config(*normalized, found);
  if (!found.empty()) return found;
  if (find(*normalized) != nullptr) return {{*normalized, {}, is_builtin(*normalized), nullptr}};
  for (const Directive directive : {Directive::install, Directive::remove}) {
    if (!lines_of(directive).named(*normalized).empty())
      return {{*normalized, {}, is_builtin(*normalized), nullptr}};
  }
  add_candidates_of_aliases(*normalized, found);
  if (!found.empty()) return found;
  if (is_builtin(*normalized)) found.push_back({*normalized, {}, true, nullptr});
  return found;
}

/// Alias lines come before names, and modules.alias joins them where one of the modules that they
/// lead to is not in modules.dep (busybox: modutils/modprobe.c, modprobe_main). The last alias line
/// is tried first.
std::vector<Candidate> LoadModel::look_up_in_busybox(std::string_view request) const {
  const std::string name = busybox_name(request);
  if (name.empty()) return {};
  if (is_builtin(name)) return {{name, {}, true, nullptr}};
  std::vector<Candidate> found;
  add_candidates_of_config(name, found);
  const bool is_resolved =
      found.empty() ? find(name) != nullptr : std::ranges::all_of(found, [&](const Candidate& one) {
        return find(one.module) != nullptr;
      });
  if (!is_resolved) add_candidates_of_aliases(name, found);
  std::ranges::reverse(found);
  if (found.empty() && find(name) != nullptr) found.push_back({name, {}, false, nullptr});
  return found;
}

}  // namespace kmodsec
