// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analyze/abridge.hpp"
#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/modules/module_parameters.hpp"

namespace kmodsec {
namespace {

/// The files of one module in all kernels.
struct ReadFiles {
  std::vector<Evidence> evidence;
  std::set<std::string> parameters;
  std::vector<Unseen> unseen;
  bool looked_everywhere = true;  ///< In every file of a folder, or in one that bears the name.
};

void add_file(const ModuleFile& file, ReadFiles& read) {
  if (!file.content) {
    read.unseen.push_back(unseen_because(file.content.error()));
    return;
  }
  if (file.left_out == LeftOut::details) {
    read.unseen.push_back(*gap_left_by_abridging(file));
    return;
  }
  read.evidence.push_back({file.path, {}, "has no such parameter"});
  read.parameters.merge(parameters_of(file.content->info));
}

/// On a live machine only the files of the running kernel are read.
bool is_left_out(const ModuleTree& tree, const Derived& derived) {
  return !tree.files && derived.running_tree != nullptr && derived.running_tree != &tree;
}

/// The files of all modules by their names, each asked for once.
class FilesByName {
 public:
  FilesByName(const Facts& facts, const Derived& derived) {
    for (const ModuleTree& tree : facts.trees) {
      if (is_left_out(tree, derived)) continue;
      Folder& folder = folders_.emplace_back(Folder{&tree, {}});
      if (!tree.files) continue;
      for (const ModuleFile& file : *tree.files) folder.files[file.name].push_back(&file);
    }
  }

  const ReadFiles& of(const std::string& module) {
    const auto [known, is_new] = read_.try_emplace(module);
    if (is_new) known->second = read(module);
    return known->second;
  }

 private:
  struct Folder {
    const ModuleTree* tree;
    std::unordered_map<std::string_view, std::vector<const ModuleFile*>> files;
  };

  ReadFiles read(const std::string& module) const {
    ReadFiles read;
    for (const auto& [tree, files] : folders_) {
      if (!tree->files) read.unseen.push_back(unseen_because(tree->files.error()));
      if (!tree->files) continue;
      std::ranges::copy(tree->unseen, std::back_inserter(read.unseen));
      const auto found = files.find(module);
      read.looked_everywhere = read.looked_everywhere && (found != files.end() || tree->complete);
      if (found == files.end()) continue;
      for (const ModuleFile* file : found->second) add_file(*file, read);
    }
    std::ranges::sort(read.evidence, {}, &Evidence::source);
    return read;
  }

  std::vector<Folder> folders_;
  std::unordered_map<std::string, ReadFiles> read_;
};

std::vector<Finding> findings_of(const ConfigLine& line, const ReadFiles& files) {
  std::vector<Finding> findings;
  if (files.evidence.empty() || !files.unseen.empty()) return findings;
  constexpr std::size_t most_of_a_line = 100;
  std::set<std::string> told;
  for (const ParameterWord& parameter : parameter_words(line.argument)) {
    if (files.parameters.contains(parameter.name) || is_parameter_of_all(parameter.name)) continue;
    if (told.size() == most_of_a_line || !told.insert(parameter.name).second) continue;
    Finding finding{line.name, "has no parameter " + parameter.name, {evidence_of(line)}};
    std::ranges::copy(files.evidence, std::back_inserter(finding.evidence));
    findings.push_back(std::move(finding));
  }
  return findings;
}

bool sets_options(const ConfigLine& line) { return line.directive == Directive::options; }

Verdict evaluate(const Facts& facts, const Derived& derived) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Finding> findings;
  std::vector<Unseen> unseen = unseen_configuration(facts);
  const auto lines = lines_that(*facts.load, sets_options);
  if (lines.empty()) return judge({}, std::move(unseen));
  if (const auto reason = why_no_modules(facts)) return not_applicable(*reason);
  std::ranges::copy(unseen_kernels(facts), std::back_inserter(unseen));
  bool looked_everywhere = true;
  FilesByName modules(facts, derived);
  for (const ConfigLine* line : lines) {
    const ReadFiles& files = modules.of(line->name);
    std::ranges::move(findings_of(*line, files), std::back_inserter(findings));
    std::ranges::copy(files.unseen, std::back_inserter(unseen));
    looked_everywhere = looked_everywhere && files.looked_everywhere;
  }
  Verdict verdict = judge(merged(std::move(findings)), std::move(unseen));
  if (verdict.status == Status::pass && !looked_everywhere)
    return not_applicable("only loaded modules were examined: see audit --all");
  return verdict;
}

}  // namespace

extern const Check conf_010_options_unknown_parameter{
    .id = "CONF-010",
    .title = "Every option is for a parameter that the module has",
    .fault = "An option is for a parameter that the module does not have",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .method =
        "The options lines of modprobe.d are compared with the parameters in the module files. It "
        "fails for each parameter that the module does not have.",
    .rationale =
        "The kernel ignores a parameter that a module does not have, with one line in its log. "
        "Where the option was meant to switch off something risky, that is still on. Only "
        "modules whose file was read are judged: the loaded ones, or all with audit --all or where "
        "no kernel runs.",
    .remedy =
        "modinfo -p MODULE lists what there is. Correct the name, or remove the option: a "
        "parameter may have gone with an update of the kernel.",
    .references = {"man:modprobe.d(5)", "man:modinfo(8)", "linux:kernel/module/main.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
