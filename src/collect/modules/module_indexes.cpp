// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/module_indexes.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "collect/limits.hpp"
#include "format/modules/modules_index.hpp"
#include "format/modules/modules_index_bin.hpp"
#include "model/modules/spelt_patterns.hpp"

namespace kmodsec {
namespace {

template <class Parse>
auto parse_index(const Root& root, const std::string& path, Parse parse)
    -> Seen<decltype(parse(""))> {
  const auto text = root.read(path, index_limit);
  if (!text) return std::unexpected(text.error());
  return parse(*text);
}

template <class Parse>
auto parse_binary_index(const Root& root, const std::string& path, Parse parse)
    -> decltype(parse("")) {
  const auto bytes = root.read(path, index_limit);
  if (!bytes) return std::unexpected(bytes.error());
  auto entries = parse(*bytes);
  if (!entries) entries.error().subject = path;
  return entries;
}

bool is_absent(const Error& error) { return error.kind == ErrorKind::not_found; }

/// The keys of a binary index are normalised.
void spell_as_in(const std::vector<AliasEntry>& text, std::vector<AliasEntry>& aliases) {
  const SpeltPatterns spelt(text);
  for (AliasEntry& alias : aliases) alias.pattern = std::string(spelt.of(alias.pattern));
}

/// modprobe asks modules.builtin.bin alone. A name that only the text calls built in is a module
/// like others where modprobe finds one of that name.
void decide_builtin(const Root& root, ModuleTree& tree) {
  const auto named =
      parse_binary_index(root, tree.folder + "/modules.builtin.bin", parse_modules_builtin_bin);
  if (!named && !is_absent(named.error())) {
    tree.builtin = std::unexpected(named.error());
    return;
  }
  if (!tree.builtin && named && is_absent(tree.builtin.error()))
    tree.builtin = std::vector<BuiltinModule>{};
  if (!tree.builtin) return;
  std::set<std::string> of_modprobe;
  if (named) of_modprobe.insert(named->begin(), named->end());
  std::set<std::string> installed;
  if (tree.binary_index) {
    for (const IndexEntry& entry : *tree.binary_index) installed.insert(entry.name);
  }
  std::erase_if(*tree.builtin, [&](const BuiltinModule& module) {
    return installed.contains(module.name) && !of_modprobe.contains(module.name);
  });
  for (const BuiltinModule& module : *tree.builtin) of_modprobe.erase(module.name);
  for (const std::string& name : of_modprobe) tree.builtin->push_back({name, {}, {}});
}

/// Kernels before Linux 5.2 come without the file: nobody knows there what asks for what is built
/// in.
void add_builtin_info(const Root& root, ModuleTree& tree) {
  if (!tree.builtin || tree.builtin->empty()) return;
  const std::string path = tree.folder + "/modules.builtin.modinfo";
  const auto info = root.read(path, index_limit);
  if (info)
    add_builtin_modinfo(*tree.builtin, *info);
  else
    tree.unseen_builtin.push_back(
        {utf8_text(path), info.error().reason + ": it would show who can reach what is built in"});
}

}  // namespace

void collect_indexes(const Root& root, ModuleTree& tree) {
  tree.index = parse_index(root, tree.folder + "/modules.dep", parse_modules_dep);
  tree.aliases = parse_index(root, tree.folder + "/modules.alias", parse_modules_alias);
  tree.softdeps = parse_index(root, tree.folder + "/modules.softdep", parse_modules_softdep);
  tree.static_nodes = parse_index(root, tree.folder + "/modules.devname", parse_modules_devname);
  tree.binary_index =
      parse_binary_index(root, tree.folder + "/modules.dep.bin", parse_modules_dep_bin);
  tree.binary_aliases =
      parse_binary_index(root, tree.folder + "/modules.alias.bin", parse_modules_alias_bin);
  if (tree.aliases && tree.binary_aliases) spell_as_in(*tree.aliases, *tree.binary_aliases);
  tree.builtin = parse_index(root, tree.folder + "/modules.builtin", parse_modules_builtin);
  decide_builtin(root, tree);
  add_builtin_info(root, tree);
}

}  // namespace kmodsec
