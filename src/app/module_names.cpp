// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/module_names.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "analyze/cves/module_cves.hpp"
#include "analyze/loading/load_model.hpp"
#include "analyze/modules/module_lookup.hpp"
#include "app/machine.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/policy/profiles.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

const LoadConfig no_configuration;

bool is_file(const std::string& asked) { return is_path_of_module(asked) || is_module_file(asked); }

void add_once(std::vector<std::string> more, std::vector<std::string>& names) {
  for (std::string& name : more) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
}

/// What modprobe would try for a request, of each kernel, as far as it is there.
std::vector<std::string> modules_asked_for(const Facts& facts, const std::string& request) {
  std::vector<std::string> names;
  for (const ModuleTree& tree : facts.trees) {
    const LoadModel model(facts.load ? *facts.load : no_configuration, tree);
    for (const Candidate& candidate : model.look_up(request)) {
      if (candidate.builtin || model.find(candidate.module) != nullptr)
        add_once({candidate.module}, names);
    }
  }
  add_once(modules_for_alias(facts, request), names);
  return names;
}

void add_names_of_policy(const Policy& policy, std::set<std::string>& names) {
  for (const std::vector<std::string>* list :
       {&policy.deny.modules, &policy.deny.except, &policy.keep.modules, &policy.load,
        &policy.freeze.require})
    names.insert(list->begin(), list->end());
  for (const PolicyDeny& one : policy.denies) names.insert(one.module);
  for (const PolicyException& one : policy.exceptions) names.insert(one.module);
  for (const PolicyOptions& one : policy.options) names.insert(one.module);
}

/// Modules that a profile, the policy or the configuration of the host names, whether a kernel has
/// them or not.
std::set<std::string> names_in_lists(const Facts& facts, const Options& options) {
  std::set<std::string> names;
  if (facts.policy) add_names_of_policy(*facts.policy, names);
  for (const ConfigLine& line : facts.load->lines) names.insert(line.name);
  for (const LoadRequest& request : facts.load->at_boot)
    names.insert(normalized_module_name(request.name));
  const auto root = open_machine(options);
  const auto profiles = root ? collect_profiles(**root) : std::unexpected(root.error());
  if (!profiles) return names;
  for (const Profile& profile : *profiles) {
    for (const ProfileModule& module : profile.modules) names.insert(module.name);
  }
  return names;
}

/// A file of the machine that was read; nothing to say against one where that cannot be asked.
std::optional<Error> file_is_missing(const Options& options, const std::string& asked) {
  if (!is_path_of_module(asked) || !options.snapshot.empty()) return std::nullopt;
  const std::string path = path_of_module(asked, options);
  const auto root = open_machine(options);
  if (!root) return root.error();
  const auto status = (*root)->status(path);
  if (!status) return Error{ErrorKind::usage, path, status.error().reason};
  if (status->type != FileType::regular)
    return Error{ErrorKind::usage, path, "no such module file"};
  return std::nullopt;
}

}  // namespace

bool is_path_of_module(const std::string& asked) { return asked.find('/') != std::string::npos; }

std::string path_of_module(const std::string& asked, const Options& options) {
  const std::filesystem::path path(asked);
  return options.root.empty() ? std::filesystem::absolute(path).lexically_normal()
                              : (std::filesystem::path("/") / path).lexically_normal();
}

std::vector<std::string> modules_named(const Facts& facts, const std::string& asked) {
  if (is_file(asked)) return {module_name_of_path(asked)};
  const std::vector<std::string> known = known_modules(facts);
  std::string name = normalized_module_name(asked);
  if (std::ranges::binary_search(known, name) || has_file_of(facts, name)) return {std::move(name)};
  return modules_asked_for(facts, asked);
}

Result<std::vector<std::string>> modules_named(const Facts& facts, const Options& options,
                                               const std::vector<std::string>& asked) {
  std::vector<std::string> names;
  for (const std::string& word : asked) {
    if (auto missing = file_is_missing(options, word)) return std::unexpected(*missing);
    std::vector<std::string> modules = modules_named(facts, word);
    const std::string name = normalized_module_name(word);
    if (modules.empty() && !is_module_name(name))
      return std::unexpected(no_such_module(facts, word));
    if (modules.empty()) modules.push_back(name);
    add_once(std::move(modules), names);
  }
  return names;
}

Result<std::vector<std::string>> resolve_modules(const Options& options,
                                                 const std::vector<std::string>& asked) {
  if (asked.empty()) return asked;
  const auto facts = read_machine(options, {.parts = {Part::indexes, Part::load_config}});
  if (!facts) return std::unexpected(facts.error());
  return modules_named(*facts, options, asked);
}

std::optional<Error> unknown_name(const Facts& facts, const Options& options,
                                  const std::vector<std::string>& asked) {
  const bool all_seen = std::ranges::all_of(
      facts.trees, [](const ModuleTree& tree) { return index_in_use(tree) && tree.builtin; });
  if (!all_seen || facts.trees.empty() || !facts.load) return std::nullopt;
  const std::vector<std::string> here = known_modules(facts);
  std::optional<std::set<std::string>> elsewhere;  // It takes longer, and few ask for it.
  for (const std::string& word : asked) {
    if (is_path_of_module(word)) continue;
    const std::string name =
        is_module_file(word) ? module_name_of_path(word) : normalized_module_name(word);
    if (std::ranges::binary_search(here, name) || has_file_of(facts, name)) continue;
    if (!modules_asked_for(facts, word).empty()) continue;
    if (!elsewhere) elsewhere = names_in_lists(facts, options);
    const bool is_known =
        elsewhere->contains(name) || (facts.known_cves && is_in_tables(*facts.known_cves, name));
    if (!is_known) return no_such_module(facts, word);
  }
  return std::nullopt;
}

Error no_such_module(const Facts& facts, const std::string& asked) {
  const auto hint = nearest(normalized_module_name(asked), known_modules(facts));
  const bool all_seen = std::ranges::all_of(
      facts.trees, [](const ModuleTree& tree) { return tree.builtin.has_value(); });
  std::string reason =
      all_seen && !facts.trees.empty()
          ? "no module of that name is loaded, on disk or built in"
          : "no module of that name is loaded or on disk; what is built in was not seen";
  if (lacks_module_support(facts)) reason = fmt::format("{}; {}", no_module_support, reason);
  return {ErrorKind::usage, asked, reason + (hint ? "; did you mean " + *hint + "?" : "")};
}

}  // namespace kmodsec
