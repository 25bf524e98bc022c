// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/judge_options.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "analyze/modules/module_parameters.hpp"
#include "analyze/modules/parameter_values.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

bool is_builtin(const ModuleTree& tree, const std::string& module) {
  return tree.builtin &&
         std::ranges::find(*tree.builtin, module, &BuiltinModule::name) != tree.builtin->end();
}

bool is_surely_absent(const ModuleTree& tree, const std::string& module) {
  const auto& index = index_in_use(tree);
  return index && std::ranges::find(*index, module, &IndexEntry::name) == index->end();
}

/// The kernels that were asked about the parameters of one module.
class OptionsJudge {
 public:
  OptionsJudge(const PolicyOptions& options, OptionsVerdict& verdict)
      : options_(options), verdict_(verdict) {}

  void ask(const ModuleTree& tree) {
    if (is_builtin(tree, options_.module)) {
      verdict_.notes.push_back(fmt::format(
          "{} is built into {}: its parameters are given on the command line of that kernel",
          options_.module, tree.release));
      return;
    }
    if (is_surely_absent(tree, options_.module)) return;
    if (const ModuleFile* file = file_in(tree)) {
      ask(tree.release, file->content->info);
    } else {
      hidden_ = true;
      verdict_.unseen.push_back(
          {fmt::format("parameters of {} in {}", options_.module, tree.release),
           "its file could not be read"});
    }
  }

  /// What no kernel takes is refused, unless one could not be asked.
  void conclude() {
    const bool refused_by_all = !refused_by_.empty() && taken_by_ == 0 && !hidden_;
    if (refused_by_all && !verdict_.refused)
      verdict_.refused = Error{ErrorKind::usage, "options." + options_.module,
                               fmt::format("{} {}", options_.module, refused_by_.front().second)};
    if (refused_by_all) return;
    for (const auto& [release, fault] : refused_by_)
      verdict_.notes.push_back(
          fmt::format("{} of {} {}: it does not load there with what the policy gives it",
                      options_.module, release, fault));
  }

 private:
  const ModuleFile* file_in(const ModuleTree& tree) const {
    if (!tree.files) return nullptr;
    const auto file = std::ranges::find(*tree.files, options_.module, &ModuleFile::name);
    return file == tree.files->end() || !file->content ? nullptr : &*file;
  }

  void ask(const std::string& release, const std::vector<InfoField>& info) {
    for (const ParameterWord& word : parameter_words(options_.parameters)) {
      std::string fault = parameter_fault(info, word);
      if (fault.empty()) continue;
      refused_by_.emplace_back(release, std::move(fault));
      return;
    }
    ++taken_by_;
  }

  const PolicyOptions& options_;
  OptionsVerdict& verdict_;
  std::size_t taken_by_ = 0;
  bool hidden_ = false;
  std::vector<std::pair<std::string, std::string>> refused_by_;  ///< Release, and why.
};

}  // namespace

OptionsVerdict judge_options(const std::vector<PolicyOptions>& options,
                             const std::vector<ModuleTree>& trees) {
  OptionsVerdict verdict;
  for (const PolicyOptions& one : options) {
    OptionsJudge judge(one, verdict);
    for (const ModuleTree& tree : trees) judge.ask(tree);
    judge.conclude();
  }
  return verdict;
}

}  // namespace kmodsec
