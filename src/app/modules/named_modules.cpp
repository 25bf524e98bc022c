// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/modules/named_modules.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>

#include "analyze/modules/module_lookup.hpp"
#include "app/machine.hpp"
#include "base/text.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

/// As for modinfo(8): what has a slash in it is a file.
bool is_path(const std::string& asked) { return asked.find('/') != std::string::npos; }

/// Below `--root` a path is one of that tree; here it may be relative to the current folder.
std::string path_of(const std::string& asked, const Options& options) {
  const std::filesystem::path path(asked);
  return options.root.empty() ? std::filesystem::absolute(path).lexically_normal()
                              : (std::filesystem::path("/") / path).lexically_normal();
}

void add_names(const ModuleOptions& options, CollectScope& scope) {
  for (const std::string& asked : options.names) {
    if (is_path(asked)) {
      scope.paths.push_back(path_of(asked, options));
    } else {
      scope.names.push_back(normalized_module_name(asked));
    }
  }
}

/// A damaged file is shown as what it is; one that is not there or may not be read is an error.
Result<ModuleDetails> details_of_file(const Facts& facts, const std::string& path) {
  const auto details = find_module_file(facts, path);
  if (!details) return failure(ErrorKind::usage, path, "no such module file");
  const Seen<ModuleContent>& content = details->file->content;
  if (!content && content.error().kind != ErrorKind::malformed)
    return failure(ErrorKind::usage, path, content.error().reason);
  return *details;
}

Error no_such_module(const Facts& facts, const std::string& asked) {
  const auto hint = nearest(normalized_module_name(asked), known_modules(facts));
  std::string reason = "no module of that name is loaded, on disk or built in";
  if (facts.live && !facts.kernel.modules_supported.value_or(true))
    reason += "; this kernel has no loadable modules";
  return {ErrorKind::usage, asked, reason + (hint ? "; did you mean " + *hint + "?" : "")};
}

/// A name stands for itself, or for each module that answers to it as an alias.
std::vector<std::string> modules_named(const Facts& facts, const std::string& asked) {
  const std::string name = normalized_module_name(asked);
  if (find_module(facts, name)) return {name};
  return modules_for_alias(facts, asked);
}

}  // namespace

Result<std::vector<ModuleDetails>> find_named_modules(const Facts& facts,
                                                      const ModuleOptions& options) {
  std::vector<ModuleDetails> modules;
  for (const std::string& asked : options.names) {
    if (is_path(asked)) {
      const auto details = details_of_file(facts, path_of(asked, options));
      if (!details) return std::unexpected(details.error());
      modules.push_back(*details);
      continue;
    }
    const std::vector<std::string> names = modules_named(facts, asked);
    if (names.empty()) return std::unexpected(no_such_module(facts, asked));
    for (const std::string& name : names) {
      if (auto details = find_module(facts, name)) modules.push_back(std::move(*details));
    }
  }
  return modules;
}

/// Small questions stay fast: the indexes of the tree are read only for a name that no file bears.
Result<Facts> read_named_modules(const ModuleOptions& options, CollectScope scope) {
  scope.files = FileScope::named;
  add_names(options, scope);
  auto facts = read_machine(options, scope);
  const auto is_found = [&](const std::string& name) {
    return find_module(*facts, name).has_value();
  };
  if (!facts || std::ranges::all_of(scope.names, is_found)) return facts;

  scope.parts |= {Part::indexes};
  facts = read_machine(options, scope);
  if (!facts) return facts;
  for (const std::string& asked : options.names)
    std::ranges::copy(modules_for_alias(*facts, asked), std::back_inserter(scope.names));
  return read_machine(options, scope);
}

}  // namespace kmodsec
