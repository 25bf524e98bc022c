// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whose files a scope reads.
#include <gtest/gtest.h>

#include "collect/collect.hpp"
#include "support/machine_root.hpp"

namespace kmodsec::test {
namespace {

const std::string folder = "/lib/modules/6.1.0-9-test";

std::vector<std::string> names_of(const ModuleTree& tree) {
  std::vector<std::string> names;
  for (const ModuleFile& file : *tree.files) names.push_back(file.name);
  return names;
}

ModuleTree tree_read_by(const Root& root, const CollectScope& scope) {
  return collect(root, scope).value().trees.front();
}

TEST(FilesRead, AreThoseThatDecideBesideTheNamed) {
  const ModuleTree tree =
      tree_read_by(machine_root(),
                   {.files = FileScope::named, .names = {"dummy"}, .besides = {"loop"}, .jobs = 1});
  EXPECT_EQ(names_of(tree), (std::vector<std::string>{"loop", "dummy"}));
  EXPECT_FALSE(tree.complete);
}

TEST(FilesRead, AreThoseOfLoadedModulesWhereAKernelRuns) {
  MemoryRoot root = machine_root();
  root.add_file("/proc/modules", "dummy 16384 0 - Live 0xffffffffc0a00000\n");
  const ModuleTree tree = tree_read_by(root, {.files = FileScope::loaded_or_all, .jobs = 1});
  EXPECT_EQ(names_of(tree), std::vector<std::string>{"dummy"});
  EXPECT_FALSE(tree.complete);
}

TEST(FilesRead, AreAllWhereNoKernelRuns) {
  MemoryRoot root;
  root.add_file(folder + "/modules.dep", "kernel/dummy.ko:\nkernel/loop.ko:\n");
  root.add_file(folder + "/kernel/dummy.ko", "x");
  root.add_file(folder + "/kernel/loop.ko", "x");
  const ModuleTree tree = tree_read_by(root, {.files = FileScope::loaded_or_all, .jobs = 1});
  EXPECT_EQ(names_of(tree), (std::vector<std::string>{"dummy", "loop"}));
  EXPECT_TRUE(tree.complete);
}

}  // namespace
}  // namespace kmodsec::test
