// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/load_model.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "base/path.hpp"
#include "base/text.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view softdep_file = "modules.softdep";

const std::vector<AliasEntry> no_aliases;
const ConfigLines no_lines;

const std::vector<AliasEntry>& aliases_of(const ModuleTree& tree) {
  return aliases_in_use(tree) ? *aliases_in_use(tree) : no_aliases;
}

/// Files are read in the order of their names, modules.softdep under its own (kmod:
/// libkmod/libkmod-config.c, kmod_config_new); the command line comes last.
bool is_read_before_softdeps(const ConfigLine& line) {
  return line.source != "/proc/cmdline" && file_name(line.source) < softdep_file;
}

ConfigLine line_of(const SoftDependency& softdep, const ModuleTree& tree) {
  std::string argument;
  if (!softdep.pre.empty()) argument += " pre: " + join(softdep.pre, " ");
  if (!softdep.post.empty()) argument += " post: " + join(softdep.post, " ");
  return {.directive = Directive::softdep,
          .name = softdep.module,
          .argument = argument,
          .pre = softdep.pre,
          .post = softdep.post,
          .text = "softdep " + softdep.module + argument,
          .source = tree.folder + "/" + std::string(softdep_file),
          .line = softdep.line};
}

}  // namespace

/// The list that libkmod makes before it starts (kmod_module_get_probe_list). A dependency whose
/// turn comes twice stands in it twice.
class LoadModel::ProbeList {
 public:
  explicit ProbeList(const LoadModel& model) : model_(model) {}

  std::vector<ProbeStep> take(const Candidate& candidate) {
    add(candidate, true);
    for (std::size_t i = 0; i < steps_.size(); ++i)
      steps_[i].required = required_.contains(keys_[i]);
    return std::move(steps_);
  }

 private:
  static constexpr std::size_t work_of_step = 16;

  static std::string key(const Candidate& candidate) {
    return candidate.module + "\\" + candidate.alias;
  }

  void add(const Candidate& candidate, bool required) {
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
    add_with_softdeps(candidate);
  }

  void add_with_softdeps(const Candidate& candidate) {
    const Softdeps softdeps = model_.softdeps_of(candidate.module);
    for (const Candidate& one : softdeps.pre) add(one, false);
    append(candidate, softdeps.any());
    for (const Candidate& one : softdeps.post) add(one, false);
  }

  void append(const Candidate& candidate, bool has_softdeps) {
    model_.work_.spend(work_of_step);
    ProbeStep step{.module = candidate.module, .alias = candidate.alias};
    step.install = model_.install_line(candidate.module);
    if (has_softdeps) step.softdep = model_.softdep_line(candidate.module);
    const IndexEntry* entry = model_.find(candidate.module);
    if (entry != nullptr) step.path = entry->path;
    if (candidate.builtin || (entry == nullptr && model_.is_builtin(candidate.module))) {
      step.action = ProbeStep::Action::builtin;
    } else if (step.install != nullptr && !has_softdeps) {
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

LoadModel::LoadModel(const LoadConfig& config, const ModuleTree& tree)
    : aliases_(aliases_of(tree)), work_(tree.folder.empty() ? "modprobe.d" : tree.folder) {
  add_lines(config, tree);
  if (index_in_use(tree)) {
    for (const IndexEntry& entry : *index_in_use(tree)) modules_.try_emplace(entry.name, &entry);
  }
  if (tree.builtin) {
    for (const BuiltinModule& module : *tree.builtin) builtin_.insert(module.name);
  }
}

void LoadModel::add_lines(const LoadConfig& config, const ModuleTree& tree) {
  const auto behind = std::ranges::find_if_not(config.lines, is_read_before_softdeps);
  lines_.assign(config.lines.begin(), behind);
  if (tree.softdeps) {
    for (const SoftDependency& softdep : *tree.softdeps) lines_.push_back(line_of(softdep, tree));
  }
  lines_.insert(lines_.end(), behind, config.lines.end());
  for (const ConfigLine& line : lines_) by_directive_[line.directive].add(line);
}

const IndexEntry* LoadModel::find(std::string_view module) const {
  const auto found = modules_.find(module);
  return found == modules_.end() ? nullptr : found->second;
}

const ConfigLines& LoadModel::lines_of(Directive directive) const {
  const auto lines = by_directive_.find(directive);
  return lines == by_directive_.end() ? no_lines : lines->second;
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

std::vector<ProbeStep> LoadModel::steps(const Candidate& candidate) const {
  return ProbeList(*this).take(candidate);
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

}  // namespace kmodsec
