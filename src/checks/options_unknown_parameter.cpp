// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analyze/judge.hpp"
#include "analyze/judge_config.hpp"
#include "base/module_name.hpp"

namespace kmodsec {
namespace {

/// The kernel takes these for every module (linux: kernel/module/main.c,
/// unknown_module_param_cb).
constexpr std::array<std::string_view, 2> parameters_of_all = {"async_probe", "dyndbg"};

/// Names before `=`, with `-` as `_`; blanks in double quotes do not part (linux: lib/cmdline.c,
/// next_arg).
std::vector<std::string> parameters_in(std::string_view options) {
  std::vector<std::string> names;
  std::string word;
  bool quoted = false;
  const auto take = [&] {
    if (!word.empty()) names.push_back(normalized_module_name(word.substr(0, word.find('='))));
    word.clear();
  };
  for (const char c : options) {
    if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == ' ' || c == '\t')) {
      take();
    } else {
      word += c;
    }
  }
  take();
  return names;
}

void add_parameters(const ModuleContent& content, std::set<std::string>& names) {
  for (const std::string_view key : {"parm", "parmtype"}) {
    for (const std::string& value : info_values(content.info, key))
      names.insert(normalized_module_name(value.substr(0, value.find(':'))));
  }
}

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
  read.evidence.push_back({file.path, {}, "has no such parameter"});
  add_parameters(*file.content, read.parameters);
}

/// On a live machine only the files of the running kernel are read.
bool is_left_out(const ModuleTree& tree, const Derived& derived) {
  return !tree.files && derived.running_tree != nullptr && derived.running_tree != &tree;
}

ReadFiles files_of(const Facts& facts, const Derived& derived, const std::string& module) {
  ReadFiles read;
  for (const ModuleTree& tree : facts.trees) {
    if (is_left_out(tree, derived)) continue;
    if (!tree.files) read.unseen.push_back(unseen_because(tree.files.error()));
    if (!tree.files) continue;
    bool found = false;
    for (const ModuleFile& file : *tree.files) {
      if (file.name != module) continue;
      found = true;
      add_file(file, read);
    }
    read.looked_everywhere = read.looked_everywhere && (found || tree.complete);
  }
  std::ranges::sort(read.evidence, {}, &Evidence::source);
  return read;
}

std::vector<Finding> findings_of(const ConfigLine& line, const ReadFiles& files) {
  std::vector<Finding> findings;
  if (files.evidence.empty() || !files.unseen.empty()) return findings;
  for (const std::string& parameter : parameters_in(line.argument)) {
    if (files.parameters.contains(parameter) ||
        std::ranges::find(parameters_of_all, parameter) != parameters_of_all.end())
      continue;
    Finding finding{line.name, "has no parameter " + parameter, {evidence_of(line)}};
    std::ranges::copy(files.evidence, std::back_inserter(finding.evidence));
    findings.push_back(std::move(finding));
  }
  return findings;
}

bool sets_options(const ConfigLine& line) { return line.directive == "options"; }

Verdict evaluate(const Facts& facts, const Derived& derived) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Finding> findings;
  std::vector<Unseen> unseen = unseen_configuration(facts);
  const auto lines = lines_that(*facts.load, sets_options);
  if (lines.empty()) return judge({}, std::move(unseen));
  if (const auto reason = why_no_modules(facts)) return not_applicable(*reason);
  bool looked_everywhere = true;
  for (const ConfigLine* line : lines) {
    ReadFiles files = files_of(facts, derived, line->name);
    std::ranges::move(findings_of(*line, files), std::back_inserter(findings));
    std::ranges::move(files.unseen, std::back_inserter(unseen));
    looked_everywhere = looked_everywhere && files.looked_everywhere;
  }
  Verdict verdict = judge(merged(std::move(findings)), std::move(unseen));
  if (verdict.status == Status::pass && !looked_everywhere)
    return not_applicable("only loaded modules were examined: see audit --all");
  return verdict;
}

}  // namespace

extern const Check options_unknown_parameter{
    .id = "CONF-010",
    .title = "Options are for parameters that the module has",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .rationale =
        "The kernel ignores a parameter that a module does not have, with one line in its log. "
        "Where the option was meant to switch off something risky, that is still on. Only "
        "modules whose file was read are judged: the loaded ones, or all with audit --all.",
    .remedy =
        "modinfo -p MODULE lists what there is. Correct the name, or remove the option: a "
        "parameter may have gone with an update of the kernel.",
    .references = {"man:modprobe.d(5)", "man:modinfo(8)", "linux:kernel/module/main.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
