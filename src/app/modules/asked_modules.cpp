// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/modules/asked_modules.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/module_names.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

/// The module of each word where none is an alias.
std::vector<std::string> modules_as_written(const std::vector<std::string>& words) {
  std::vector<std::string> modules;
  for (const std::string& word : words) {
    const bool is_file = is_path_of_module(word) || is_module_file(word);
    modules.push_back(is_file ? module_name_of_path(word) : normalized_module_name(word));
  }
  return modules;
}

std::vector<std::string> joined(std::vector<std::string> modules,
                                const std::vector<std::string>& also) {
  std::ranges::copy(also, std::back_inserter(modules));
  return modules;
}

}  // namespace

Result<AskedModules> read_twice_for_aliases(const Options& options,
                                            const std::vector<std::string>& words,
                                            const std::vector<std::string>& also,
                                            const ReadFilesOf& read) {
  const std::vector<std::string> as_written = modules_as_written(words);
  auto facts = read(joined(as_written, also));
  if (!facts) return std::unexpected(facts.error());
  const auto named = modules_named(*facts, options, words);
  if (!named) return std::unexpected(named.error());
  const bool has_alias = std::ranges::any_of(*named, [&](const std::string& module) {
    return std::ranges::find(as_written, module) == as_written.end();
  });
  std::vector<std::string> modules = joined(*named, also);
  if (has_alias) facts = read(modules);
  if (!facts) return std::unexpected(facts.error());
  return AskedModules{std::move(*facts), std::move(modules)};
}

}  // namespace kmodsec
