// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/modules_index.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "base/text.hpp"
#include "format/files/logical_line.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/softdep.hpp"

namespace kmodsec {
namespace {

/// The path that a line of modules.dep is about; empty for a line of another form.
std::string_view path_of_line(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon == std::string_view::npos || line.starts_with('#') ? std::string_view{}
                                                                  : line.substr(0, colon);
}

}  // namespace

std::vector<IndexEntry> parse_modules_dep(std::string_view text) {
  std::vector<IndexEntry> entries;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::string_view path = path_of_line(line);
    if (path.empty()) return;
    IndexEntry entry{utf8_text(module_name_of_path(path)), utf8_text(path), {}};
    for (const std::string_view needed : split_words(line.substr(path.size() + 1)))
      entry.depends.push_back(utf8_text(module_name_of_path(needed)));
    entries.push_back(std::move(entry));
  });
  return entries;
}

std::vector<std::string_view> paths_in_dependency_line(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  std::vector<std::string_view> paths = {line.substr(0, colon)};
  line.remove_prefix(colon + 1);
  while (!line.empty()) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const std::string_view path = line.substr(0, line.find_first_of(" \t"));
    if (!path.empty()) paths.push_back(path);
    line.remove_prefix(path.size());
  }
  return paths;
}

std::vector<std::string_view> paths_in_modules_dep(std::string_view text) {
  std::vector<std::string_view> paths;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    if (!line.starts_with('#'))
      std::ranges::copy(paths_in_dependency_line(line), std::back_inserter(paths));
  });
  return paths;
}

std::map<std::string, std::string> find_in_modules_dep(std::string_view text,
                                                       const std::set<std::string>& names) {
  const std::unordered_set<std::string> wanted(names.begin(), names.end());
  std::map<std::string, std::string> paths;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::string_view path = path_of_line(line);
    if (path.empty() || paths.size() == names.size()) return;
    std::string name = utf8_text(module_name_of_path(path));
    if (wanted.contains(name)) paths.try_emplace(std::move(name), utf8_text(path));
  });
  return paths;
}

std::vector<AliasEntry> parse_modules_alias(std::string_view text) {
  std::vector<AliasEntry> aliases;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = split_words(line);
    if (words.size() == 3 && words[0] == "alias")
      aliases.push_back({utf8_text(words[1]), utf8_text(normalized_module_name(words[2]))});
  });
  return aliases;
}

std::vector<StaticNode> parse_modules_devname(std::string_view text) {
  std::vector<StaticNode> nodes;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = split_words(line);
    if (words.size() == 3 && !words[0].starts_with('#'))
      nodes.push_back(
          {utf8_text(normalized_module_name(words[0])), utf8_text(words[1]), utf8_text(words[2])});
  });
  return nodes;
}

std::vector<SoftDependency> parse_modules_softdep(std::string_view text) {
  std::vector<SoftDependency> dependencies;
  std::size_t number = 1;
  while (!text.empty()) {
    const LogicalLine line = take_logical_line(text, number);
    const std::vector<std::string_view> words = split_words(line.text);
    if (words.size() < 2 || words[0] != "softdep" || line.ends_in_backslash) continue;
    const std::string_view rest =
        std::string_view(line.text).substr(words[1].data() + words[1].size() - line.text.data());
    const auto name = normalized_pattern(words[1]);
    if (!name || rest.size() < 2) continue;
    SoftDependency dependency{utf8_text(*name), {}, {}, line.number};
    read_softdep(rest.substr(1), dependency.pre, dependency.post);
    dependencies.push_back(std::move(dependency));
  }
  return dependencies;
}

std::vector<BuiltinModule> parse_modules_builtin(std::string_view text) {
  std::vector<BuiltinModule> modules;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::string_view path = trim(line);
    if (is_module_file(path))
      modules.push_back({utf8_text(module_name_of_path(path)), utf8_text(path), {}});
  });
  return modules;
}

void add_builtin_modinfo(std::vector<BuiltinModule>& modules, std::string_view bytes) {
  std::map<std::string_view, BuiltinModule*> by_name;
  for (BuiltinModule& module : modules) by_name.emplace(module.name, &module);
  for (const std::string_view entry : split(bytes, '\0')) {
    const std::size_t equals = entry.find('=');
    const std::size_t dot = entry.find('.');
    if (equals == std::string_view::npos || dot == std::string_view::npos || dot > equals) continue;
    const auto module = by_name.find(entry.substr(0, dot));
    if (module == by_name.end()) continue;
    module->second->info.push_back(
        {utf8_text(entry.substr(dot + 1, equals - dot - 1)), utf8_text(entry.substr(equals + 1))});
  }
}

}  // namespace kmodsec
