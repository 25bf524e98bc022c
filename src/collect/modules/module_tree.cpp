// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/module_tree.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/host/extensions.hpp"
#include "collect/host/folders.hpp"
#include "collect/host/walk.hpp"
#include "collect/kernel/kernel_config.hpp"
#include "collect/limits.hpp"
#include "collect/modules/module_file.hpp"
#include "collect/modules/module_indexes.hpp"
#include "collect/modules/packages.hpp"
#include "collect/paths.hpp"
#include "format/modules/modules_index.hpp"
#include "format/modules/modules_index_bin.hpp"
#include "model/host/module_name.hpp"
#include "system/files/pieces.hpp"

namespace kmodsec {
namespace {

/// Finds modules by name as modprobe does, through modules.dep.bin, or through modules.dep where
/// there is no such index. A module that is not indexed is looked for by its file name, and what
/// could not be looked into then is a gap, found or not: another file of that name may be there.
ModulePaths files_named(const Root& root, const std::string& release,
                        const std::set<std::string>& names) {
  const std::string folder = module_folder(root, release);
  std::set<std::string> missing = names;
  ModulePaths found;
  const auto take = [&](const std::map<std::string, std::string>& paths) {
    for (const auto& [name, path] : paths) {
      missing.erase(name);
      found.paths.push_back(path.starts_with('/') ? path : fmt::format("{}/{}", folder, path));
    }
  };
  const auto bytes = root.read(folder + "/modules.dep.bin", index_limit);
  if (bytes) {
    const auto paths = find_in_modules_dep_bin(*bytes, names);
    if (paths) take(*paths);
  } else if (bytes.error().kind == ErrorKind::not_found) {
    const auto find_missing = [&](std::string_view lines) {
      take(find_in_modules_dep(lines, missing));
      return !missing.empty();
    };
    static_cast<void>(for_each_piece(root, folder + "/modules.dep", "\n", find_missing));
  }
  if (missing.empty()) return found;
  ModulePaths all = find_module_paths(root, release);
  for (std::string& path : all.paths) {
    if (missing.erase(normalized_module_name(module_name_of_path(path))) > 0)
      found.paths.push_back(std::move(path));
  }
  found.unseen = std::move(all.unseen);
  return found;
}

/// The same, and behind those the other files of these names.
ModulePaths with_namesakes(const Root& root, const std::string& release,
                           const std::set<std::string>& names) {
  ModulePaths found = files_named(root, release, names);
  ModulePaths all = find_module_paths(root, release);
  std::set<std::string> known(found.paths.begin(), found.paths.end());
  for (std::string& path : all.paths) {
    const std::string name = normalized_module_name(module_name_of_path(path));
    if (names.contains(name) && known.insert(path).second) found.paths.push_back(std::move(path));
  }
  found.unseen = std::move(all.unseen);
  return found;
}

std::set<std::string> wanted_names(const CollectScope& scope,
                                   const Seen<std::vector<LoadedModule>>& loaded) {
  std::set<std::string> names(scope.names.begin(), scope.names.end());
  names.insert(scope.besides.begin(), scope.besides.end());
  if (scope.files != FileScope::loaded || !loaded) return names;
  for (const LoadedModule& module : *loaded) names.insert(module.name);
  return names;
}

bool is_missing(const ModuleFile& file) {
  return !file.content && file.content.error().kind == ErrorKind::not_found;
}

/// A tree that has the indexes of a kernel and none of its modules was captured without them.
bool are_left_out(const Root& root, const ModulePaths& all) {
  const auto is_there = [&](const std::string& path) { return root.status(path).has_value(); };
  const bool names_others = all.lacks_named || !all.paths.empty();
  return names_others && std::ranges::none_of(all.paths, is_there);
}

/// The whole folder is searched only where nothing of what was looked for is there.
void doubt_missing_files(const Root& root, const ModulePaths& found, ModuleTree& tree) {
  if (root.is_running_system() || !std::ranges::all_of(*tree.files, is_missing)) return;
  if (!tree.complete && tree.files->empty()) return;
  tree.files_left_out = tree.complete ? are_left_out(root, found)
                                      : are_left_out(root, find_module_paths(root, tree.release));
  if (!tree.files_left_out) return;
  for (ModuleFile& file : *tree.files) {
    const Error doubt{ErrorKind::io, file.path, left_out_of_capture};
    file.content = std::unexpected(doubt);
    file.signature = std::unexpected(doubt);
  }
}

void collect_files(const Root& root, const CollectScope& scope,
                   const Seen<std::vector<LoadedModule>>& loaded, const SignerCertificates& signers,
                   ModuleTree& tree) {
  if (const auto seen = root.list(tree.folder); !seen) {
    tree.files = std::unexpected(seen.error());
    return;
  }
  const auto find_named = scope.namesakes ? with_namesakes : files_named;
  ModulePaths found = scope.files == FileScope::all
                          ? find_module_paths(root, tree.release)
                          : find_named(root, tree.release, wanted_names(scope, loaded));
  tree.files = collect_module_files(root, tree.release, found.paths, scope, signers);
  tree.complete = scope.files == FileScope::all;
  doubt_missing_files(root, found, tree);
  tree.unseen = std::move(found.unseen);
  if (tree.complete) std::ranges::move(unread_extensions(root), std::back_inserter(tree.unseen));
}

/// A link beside the folder that it leads to is a second name of that kernel.
bool leads_to_own_folder(const Root& root, std::string_view folder, const std::string& name) {
  const std::string path = fmt::format("{}/{}", folder, name);
  if (!is_folder(root, path)) return false;
  const auto target = follow(root, path);
  const auto place = follow(root, folder);
  if (!target || !place) return true;
  return target->resolved.substr(0, target->resolved.rfind('/')) != place->resolved;
}

/// Why no kernel may be installed only as far as was captured: the places of modules were left
/// out, or there are images of kernels in /boot of a host that does not run.
std::optional<Error> doubt_about_no_kernel(const Root& root) {
  for (const std::string_view folder : module_folders)
    if (auto doubt = doubt_about_absence(root, folder)) return doubt;
  if (has_kernel_state(root)) return std::nullopt;
  for (const Entry& entry : root.list("/boot").value_or(std::vector<Entry>{})) {
    if (entry.name.starts_with("vmlinuz-"))
      return Error{ErrorKind::not_found, std::string(module_folders.front()),
                   "not found, while there is /boot/" + utf8_text(entry.name)};
  }
  return std::nullopt;
}

/// A kernel, or an initramfs, by the name of its release.
bool has_boot_file(const Root& root, std::string_view release) {
  const auto is_there = [&](const std::string& path) { return root.status(path).has_value(); };
  return is_there(fmt::format("/boot/vmlinuz-{}", release)) ||
         is_there(fmt::format("/boot/initrd.img-{}", release)) ||
         is_there(fmt::format("/boot/initrd-{}", release)) ||
         is_there(fmt::format("/boot/initramfs-{}.img", release));
}

/// What the build of a kernel, or depmod(8) for the modules of one, leaves in its folder. Of what
/// was left over, as a folder of keys, none is there. What cannot be looked into counts.
bool is_kernel_folder(const Root& root, const std::string& folder) {
  constexpr std::string_view signs[] = {"modules.builtin", "modules.order", "vmlinuz",
                                        "modules.builtin.modinfo"};
  constexpr std::size_t empty_binary_index =
      12;  // magic, version, root (kmod: tools/depmod.c, index_write)
  constexpr std::string_view indexes[] = {"modules.dep", "modules.dep.bin"};
  const auto is_there = [&](std::string_view name) {
    const auto status = root.status(folder + "/" + std::string(name));
    return status || status.error().kind != ErrorKind::not_found;
  };
  const auto has_lines = [&](std::string_view name) {
    const auto status = root.status(folder + "/" + std::string(name));
    const std::size_t empty = name.ends_with(".bin") ? empty_binary_index : 0;
    return status ? status->size > empty : status.error().kind != ErrorKind::not_found;
  };
  if (std::ranges::any_of(signs, is_there) || std::ranges::any_of(indexes, has_lines)) return true;
  if (has_boot_file(root, file_name(folder))) return true;
  bool has_module = false;
  const std::vector<Unseen> unseen =
      walk(root, folder, [&](const std::string& path, FileType type) {
        has_module = has_module || (type != FileType::directory && is_module_file(path));
      });
  return has_module || !unseen.empty();
}

/// The other one of /lib/modules and /usr/lib/modules, where they are two and both have a kernel.
std::string second_module_folder(const Root& root, const ModuleTree& tree) {
  const auto own = follow(root, tree.folder);
  for (const std::string_view place : module_folders) {
    const std::string folder = fmt::format("{}/{}", place, tree.release);
    const auto other = follow(root, folder);
    const bool is_same =
        folder == tree.folder || (own && other && own->resolved == other->resolved);
    if (!is_same && is_folder(root, folder) && is_kernel_folder(root, folder))
      return utf8_text(folder);
  }
  return {};
}

}  // namespace

Result<std::vector<std::string>> installed_kernels(const Root& root) {
  std::vector<std::string> releases;
  bool found_place = false;
  for (const std::string_view folder : module_folders) {
    const auto entries = root.list(folder);
    if (!entries && entries.error().kind == ErrorKind::not_found) continue;
    if (!entries) return std::unexpected(entries.error());
    found_place = true;
    for (const Entry& entry : *entries) {
      const bool is_release =
          entry.type == FileType::directory ||
          (entry.type == FileType::link && leads_to_own_folder(root, folder, entry.name));
      if (is_release && is_kernel_folder(root, fmt::format("{}/{}", folder, entry.name)))
        releases.push_back(utf8_text(entry.name));
    }
  }
  const auto doubt = found_place ? std::nullopt : doubt_about_no_kernel(root);
  if (doubt) return std::unexpected(*doubt);
  std::ranges::sort(releases);
  const auto repeated = std::ranges::unique(releases);
  releases.erase(repeated.begin(), repeated.end());
  std::ranges::stable_sort(releases, version_less);
  return releases;
}

std::vector<std::string> paths_of_modules(const Root& root, const std::string& release,
                                          const std::set<std::string>& names) {
  return files_named(root, release, names).paths;
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
  if (scope.has(Part::packages)) collect_packages(root, release, files);
  return files;
}

ModuleTree collect_module_tree(const Root& root, const std::string& release,
                               const CollectScope& scope,
                               const Seen<std::vector<LoadedModule>>& loaded,
                               const SignerCertificates& signers) {
  ModuleTree tree;
  tree.release = release;
  tree.folder = module_folder(root, release);
  tree.second_folder = second_module_folder(root, tree);
  if (scope.files != FileScope::none) collect_files(root, scope, loaded, signers, tree);
  if (scope.has(Part::indexes)) collect_indexes(root, tree);
  if (scope.has_any({Part::posture, Part::signatures}))
    tree.config = collect_kernel_config(root, release, false);
  return tree;
}

ModuleTree collect_whole_tree(const Root& root, const std::string& release,
                              const CollectScope& scope, std::vector<ModuleFile> read_before) {
  ModuleTree tree = collect_module_tree(root, release, scope, {}, {});
  if (const auto seen = root.list(tree.folder); !seen) {
    tree.files = std::unexpected(seen.error());
    return tree;
  }
  ModulePaths found = find_module_paths(root, release);
  std::vector<std::string> paths;
  std::ranges::copy_if(found.paths, std::back_inserter(paths), [&](const std::string& path) {
    return !std::ranges::binary_search(read_before, utf8_text(path), {}, &ModuleFile::path);
  });
  std::ranges::move(collect_module_files(root, release, paths, scope, {}),
                    std::back_inserter(read_before));
  tree.files = std::move(read_before);
  tree.complete = true;
  doubt_missing_files(root, found, tree);
  tree.unseen = std::move(found.unseen);
  return tree;
}

}  // namespace kmodsec
