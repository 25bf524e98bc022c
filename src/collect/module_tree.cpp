// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/module_tree.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/module_name.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "collect/kernel_config.hpp"
#include "collect/limits.hpp"
#include "collect/module_file.hpp"
#include "collect/packages.hpp"
#include "collect/walk.hpp"
#include "format/modules_index.hpp"
#include "format/modules_index_bin.hpp"
#include "system/pieces.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view folders[] = {"/lib/modules", "/usr/lib/modules"};

std::vector<std::string> module_files_below(const Root& root, const std::string& folder) {
  std::vector<std::string> paths;
  walk(root, folder, [&](const std::string& path, FileType type) {
    const bool file = type == FileType::regular || type == FileType::link;
    if (file && is_module_file(path)) paths.push_back(path);
  });
  return paths;
}

/// Finds modules by name as modprobe does, through modules.dep; a module that is not indexed is
/// looked for by its file name.
std::vector<std::string> files_named(const Root& root, const std::string& folder,
                                     const std::set<std::string>& names) {
  std::set<std::string> missing = names;
  std::vector<std::string> paths;
  const auto find_missing = [&](std::string_view lines) {
    for (const auto& [name, path] : find_in_modules_dep(lines, missing)) {
      missing.erase(name);
      paths.push_back(path.starts_with('/') ? path : fmt::format("{}/{}", folder, path));
    }
    return !missing.empty();
  };
  const auto searched = for_each_piece(root, folder + "/modules.dep", "\n", find_missing);
  if (searched && missing.empty()) return paths;
  for (std::string& path : module_files_below(root, folder)) {
    if (missing.erase(normalized_module_name(module_name_of_path(path))) > 0)
      paths.push_back(std::move(path));
  }
  return paths;
}

std::set<std::string> wanted_names(const CollectScope& scope,
                                   const Seen<std::vector<LoadedModule>>& loaded) {
  std::set<std::string> names(scope.names.begin(), scope.names.end());
  if (scope.files != FileScope::loaded || !loaded) return names;
  for (const LoadedModule& module : *loaded) names.insert(module.name);
  return names;
}

Seen<std::vector<ModuleFile>> collect_files(const Root& root, const ModuleTree& tree,
                                            const CollectScope& scope,
                                            const Seen<std::vector<LoadedModule>>& loaded,
                                            const SignerCertificates& signers) {
  if (const auto seen = root.list(tree.folder); !seen) return std::unexpected(seen.error());
  const std::vector<std::string> paths =
      scope.files == FileScope::all ? module_files_below(root, tree.folder)
                                    : files_named(root, tree.folder, wanted_names(scope, loaded));
  return collect_module_files(root, tree.release, paths, scope, signers);
}

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

void collect_indexes(const Root& root, ModuleTree& tree) {
  tree.index = parse_index(root, tree.folder + "/modules.dep", parse_modules_dep);
  tree.aliases = parse_index(root, tree.folder + "/modules.alias", parse_modules_alias);
  tree.softdeps = parse_index(root, tree.folder + "/modules.softdep", parse_modules_softdep);
  tree.static_nodes = parse_index(root, tree.folder + "/modules.devname", parse_modules_devname);
  tree.builtin = parse_index(root, tree.folder + "/modules.builtin", parse_modules_builtin);
  const auto info = root.read(tree.folder + "/modules.builtin.modinfo", index_limit);
  if (tree.builtin && info) add_builtin_modinfo(*tree.builtin, *info);
}

void collect_binary_indexes(const Root& root, ModuleTree& tree) {
  tree.binary_index =
      parse_binary_index(root, tree.folder + "/modules.dep.bin", parse_modules_dep_bin);
  tree.binary_aliases =
      parse_binary_index(root, tree.folder + "/modules.alias.bin", parse_modules_alias_bin);
}

}  // namespace

std::string module_folder(const Root& root, const std::string& release) {
  for (const std::string_view folder : folders) {
    std::string path = std::string(folder) + "/" + release;
    if (root.status(path)) return path;
  }
  return std::string(folders[0]) + "/" + release;
}

Result<std::vector<std::string>> installed_kernels(const Root& root) {
  std::vector<std::string> releases;
  for (const std::string_view folder : folders) {
    const auto entries = root.list(folder);
    if (!entries && entries.error().kind == ErrorKind::not_found) continue;
    if (!entries) return std::unexpected(entries.error());
    for (const Entry& entry : *entries) {
      if (entry.type == FileType::directory) releases.push_back(utf8_text(entry.name));
    }
  }
  std::ranges::sort(releases);
  const auto repeated = std::ranges::unique(releases);
  releases.erase(repeated.begin(), repeated.end());
  std::ranges::stable_sort(releases, version_less);
  return releases;
}

std::vector<std::string> module_paths(const Root& root, const std::string& release) {
  return module_files_below(root, module_folder(root, release));
}

std::vector<std::string> paths_of_modules(const Root& root, const std::string& release,
                                          const std::set<std::string>& names) {
  return files_named(root, module_folder(root, release), names);
}

std::vector<ModuleFile> collect_module_files(const Root& root, const std::string& release,
                                             const std::vector<std::string>& paths,
                                             const CollectScope& scope,
                                             const SignerCertificates& signers) {
  std::vector<ModuleFile> files(paths.size());
  std::atomic<std::size_t> done = 0;
  parallel_for(paths.size(), scope.jobs, [&](std::size_t i) {
    files[i] = collect_module_file(root, paths[i], scope, signers);
    if (scope.progress) scope.progress(++done, paths.size());
  });
  std::ranges::sort(files, {}, &ModuleFile::path);
  if (scope.packages) collect_packages(root, release, files);
  return files;
}

ModuleTree collect_module_tree(const Root& root, const std::string& release,
                               const CollectScope& scope,
                               const Seen<std::vector<LoadedModule>>& loaded,
                               const SignerCertificates& signers) {
  ModuleTree tree;
  tree.release = release;
  tree.folder = module_folder(root, release);
  if (scope.files != FileScope::none)
    tree.files = collect_files(root, tree, scope, loaded, signers);
  tree.complete = scope.files == FileScope::all && tree.files.has_value();
  if (scope.indexes) collect_indexes(root, tree);
  if (scope.binary_indexes) collect_binary_indexes(root, tree);
  if (scope.posture || scope.signatures) tree.config = collect_kernel_config(root, release, false);
  return tree;
}

ModuleTree collect_whole_tree(const Root& root, const std::string& release,
                              const CollectScope& scope, std::vector<ModuleFile> read_before) {
  ModuleTree tree = collect_module_tree(root, release, scope, {}, {});
  if (const auto seen = root.list(tree.folder); !seen) {
    tree.files = std::unexpected(seen.error());
    return tree;
  }
  std::vector<std::string> paths = module_files_below(root, tree.folder);
  std::erase_if(paths, [&](const std::string& path) {
    return std::ranges::binary_search(read_before, utf8_text(path), {}, &ModuleFile::path);
  });
  std::ranges::move(collect_module_files(root, release, paths, scope, {}),
                    std::back_inserter(read_before));
  tree.files = std::move(read_before);
  tree.complete = true;
  return tree;
}

}  // namespace kmodsec
