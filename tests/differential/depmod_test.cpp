// SPDX-License-Identifier: GPL-2.0-or-later
// Which files are modules of a kernel, against the depmod of this machine.
#include <cstdlib>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "collect/modules/module_search.hpp"
#include "format/modules/modules_index.hpp"
#include "model/host/module_name.hpp"
#include "support/module_builder.hpp"
#include "support/temporary_tree.hpp"
#include "system/files/dir_root.hpp"

namespace kmodsec::test {
namespace {

namespace fs = std::filesystem;

const std::string release = "6.1.0-9-test";
const std::string own = "/lib/modules/" + release;

/// Folders in which modules may lie, of the kernel and outside of it.
const std::vector<std::string> module_places = {own + "/kernel/net",     own + "/kernel/fs/deep/er",
                                                own + "/updates",        own + "/extra",
                                                own + "/weak-updates",   own + "/build/drivers",
                                                own + "/left-out/one",   "/opt/driver",
                                                "/opt/driver/sub",       "/srv/more",
                                                "/lib/modules/5.0/extra"};

const std::vector<std::string> directives = {"search updates built-in",
                                             "search external extra updates built-in",
                                             "search built-in external",
                                             "override alpha * extra",
                                             "override beta 6.1.0-9-test kernel/net",
                                             "override gamma 5.0 updates",
                                             "exclude left-out",
                                             "make_map_files no",
                                             "external * {}/opt/driver",
                                             "external 6.1.* {}/srv/more",
                                             "external ^5\\.0 {}/srv/more",
                                             "external * {}/not/there",
                                             "# external * {}/srv/more",
                                             "external *\t{}/opt/driver/sub  "};

template <class T>
T one_of(const std::vector<T>& all, std::mt19937& random) {
  return all[std::uniform_int_distribution<std::size_t>(0, all.size() - 1)(random)];
}

bool happens(std::mt19937& random, int percent) {
  return std::uniform_int_distribution<int>(1, 100)(random) <= percent;
}

void link(const TemporaryTree& tree, const std::string& path, const std::string& target) {
  fs::create_directories(tree.on_disk(path).parent_path());
  std::error_code there_already;
  fs::create_symlink(target, tree.on_disk(path), there_already);
}

/// A host with modules wherever they can lie, and the configuration as depmod is given it: there
/// the paths are those of this machine, as `-b` does not move external folders.
std::string make_host(const TemporaryTree& tree, std::mt19937& random) {
  const std::string bytes = module_with({"license=GPL", "name=x"});
  for (int i = 0; i < 6; ++i) {
    const std::string name = one_of<std::string>({"alpha", "beta", "gam-ma", "delta"}, random);
    const std::string ending = one_of<std::string>({".ko", ".ko", ".ko", ".o", ".ko.bak"}, random);
    tree.write(one_of(module_places, random) + "/" + name + ending, bytes);
  }
  fs::create_directories(tree.on_disk(own));
  tree.write("/opt/linked/inner/linked.ko", bytes);
  if (happens(random, 40)) link(tree, own + "/kernel/to-folder", "../../../../opt/linked");
  if (happens(random, 40))
    link(tree, own + "/weak-updates/weak.ko", "../../../../opt/linked/inner/linked.ko");
  if (happens(random, 30)) link(tree, own + "/source", "../../../opt/linked");
  if (happens(random, 30)) link(tree, own + "/extra/gone.ko", "nowhere.ko");
  if (happens(random, 30)) link(tree, "/opt/driver/again", "../linked/inner");
  std::string configuration;
  std::string as_depmod_reads_it;
  for (int i = 0; i < 4; ++i) {
    const std::string line = one_of(directives, random);
    const std::size_t hole = line.find("{}");
    const std::string start = line.substr(0, hole);
    const std::string end = hole == line.npos ? "" : line.substr(hole + 2);
    configuration += start + end + "\n";
    as_depmod_reads_it += start + (hole == line.npos ? "" : tree.folder()) + end + "\n";
  }
  tree.write("/etc/depmod.d/a.conf", configuration);
  tree.write("/conf/a.conf", as_depmod_reads_it);
  return configuration;
}

/// As our paths are: those of the tree.
std::set<std::string> indexed_by_depmod(const TemporaryTree& tree) {
  const std::string command =
      fmt::format("depmod -b {0} -C {0}/conf {1} 2>{0}/said", tree.folder(), release);
  EXPECT_EQ(std::system(command.c_str()), 0) << tree.read("/said");
  std::set<std::string> paths;
  const std::string index = tree.read(own + "/modules.dep");
  for (const std::string_view path : paths_in_modules_dep(index)) {
    std::string shown = path.starts_with('/') ? std::string(path) : own + "/" + std::string(path);
    if (shown.starts_with(tree.folder())) shown.erase(0, tree.folder().size());
    paths.insert(std::move(shown));
  }
  fs::remove(tree.on_disk(own + "/modules.dep"));
  fs::remove(tree.on_disk(own + "/modules.dep.bin"));
  return paths;
}

/// A folder that two links lead to is gone through once, under one of the names.
std::set<std::string> real_files(const TemporaryTree& tree, const std::vector<std::string>& paths) {
  std::set<std::string> files;
  for (const std::string& path : paths) {
    std::error_code leads_nowhere;
    files.insert(fs::weakly_canonical(tree.on_disk(path), leads_nowhere).string());
  }
  return files;
}

/// depmod passes these over, and a person can still insert what is in them.
bool is_left_out(const TemporaryTree& tree, const std::string& path) {
  return path.contains("/build/") || path.contains("/left-out/") || !fs::exists(tree.on_disk(path));
}

TEST(AgainstDepmod, EveryModuleThatItIndexesIsFound) {
  std::mt19937 random(21);
  std::size_t outside = 0;
  for (int round = 0; round < 200; ++round) {
    const TemporaryTree tree;
    const std::string configuration = make_host(tree, random);
    const std::set<std::string> indexed = indexed_by_depmod(tree);
    const auto root = open_tree(tree.folder());
    ASSERT_TRUE(root) << root.error().reason;
    const std::vector<std::string> found = find_module_paths(**root, release).paths;
    const std::set<std::string> files = real_files(tree, found);
    std::set<std::string> names;
    for (const std::string& path : indexed) {
      const bool is_found = files.contains(fs::canonical(tree.on_disk(path)).string());
      EXPECT_TRUE(is_found) << path << " in round " << round << " with\n" << configuration;
      names.insert(normalized_module_name(module_name_of_path(path)));
      if (!path.starts_with(own)) ++outside;
    }
    for (const std::string& path : found) {
      const bool is_shadowed = names.contains(normalized_module_name(module_name_of_path(path)));
      EXPECT_TRUE(indexed.contains(path) || is_shadowed || is_left_out(tree, path))
          << path << " in round " << round << " with\n"
          << configuration;
    }
  }
  EXPECT_GT(outside, 40U);
}

}  // namespace
}  // namespace kmodsec::test
