// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/module_tree.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

class ClosedRoot : public MemoryRoot {
 public:
  Result<std::vector<Entry>> list(std::string_view path) const override {
    if (path == "/lib/modules") return failure(ErrorKind::denied, std::string(path), "closed");
    return MemoryRoot::list(path);
  }
};

TEST(InstalledKernels, EachOnceOldestFirst) {
  MemoryRoot root;
  for (const std::string release : {"6.10.0", "6.9.0", "6.09.0"}) {
    root.add_file("/lib/modules/" + release + "/modules.builtin", "");
    root.add_file("/usr/lib/modules/" + release + "/modules.builtin", "");
  }
  const auto releases = installed_kernels(root);
  ASSERT_TRUE(releases);
  EXPECT_EQ(*releases, (std::vector<std::string>{"6.09.0", "6.9.0", "6.10.0"}));
}

TEST(InstalledKernels, AreNoFoldersThatWereLeftOver) {
  MemoryRoot root;
  root.add_file("/lib/modules/keys/key.x509", "x");
  root.add_file("/lib/modules/5.10.0/modules.dep", "");
  root.add_file("/lib/modules/5.10.0/modules.dep.bin", std::string(12, 'x'));
  root.add_folder("/lib/modules/5.11.0/kernel");
  EXPECT_EQ(*installed_kernels(root), std::vector<std::string>{});
  root.add_file("/lib/modules/5.12.0/updates/dkms/a.ko.xz", "x");
  root.add_file("/boot/vmlinuz-5.10.0", "x");
  EXPECT_EQ(*installed_kernels(root), (std::vector<std::string>{"5.10.0", "5.12.0"}));
}

/// A kernel without modules has no such folder. One that is hidden is another matter.
TEST(InstalledKernels, AreNoneWhereThereIsNoFolder) {
  const auto releases = installed_kernels(MemoryRoot(true));
  ASSERT_TRUE(releases);
  EXPECT_TRUE(releases->empty());
  EXPECT_FALSE(installed_kernels(MemoryRoot())) << "what was captured is no whole installation";
  MemoryRoot disk;
  add_whole_installation(disk);
  EXPECT_TRUE(installed_kernels(disk));
  disk.add_file("/boot/vmlinuz-6.1", "");
  EXPECT_FALSE(installed_kernels(disk)) << "its modules were left out";
  EXPECT_EQ(installed_kernels(ClosedRoot()).error().kind, ErrorKind::denied);
}

constexpr const char* release = "6.1.0";
const std::string tree_folder = "/lib/modules/6.1.0";

void add_index(MemoryRoot& root) {
  root.add_file(tree_folder + "/modules.dep", "kernel/loop.ko:\nkernel/fat.ko:\n");
}

ModuleTree tree_of(const Root& root, FileScope files) {
  const CollectScope scope{.files = files, .names = {"loop"}, .parts = {Part::indexes}, .jobs = 1};
  return collect_module_tree(root, release, scope, std::vector<LoadedModule>{}, {});
}

TEST(ModuleTree, OfACaptureWithoutItsModuleFilesHasThemLeftOutHoweverManyAreAskedFor) {
  MemoryRoot captured;
  add_index(captured);
  for (const FileScope scope : {FileScope::loaded, FileScope::all})
    EXPECT_TRUE(tree_of(captured, scope).files_left_out);
  const ModuleTree tree = tree_of(captured, FileScope::loaded);
  ASSERT_EQ(tree.files->size(), 1U);
  EXPECT_EQ(tree.files->front().content.error().reason, left_out_of_capture);
}

TEST(ModuleTree, HasLostAFileWhereOthersAreThereOrTheHostRuns) {
  MemoryRoot captured;
  MemoryRoot running(true);
  add_index(captured);
  add_index(running);
  captured.add_file(tree_folder + "/kernel/fat.ko", "x");
  for (const FileScope scope : {FileScope::loaded, FileScope::all}) {
    EXPECT_FALSE(tree_of(captured, scope).files_left_out);
    EXPECT_FALSE(tree_of(running, scope).files_left_out);
  }
}

TEST(ModuleTree, WithoutModulesInItsIndexesHasLeftNothingOut) {
  MemoryRoot captured;
  captured.add_file(tree_folder + "/modules.dep", "");
  for (const FileScope scope : {FileScope::loaded, FileScope::all})
    EXPECT_FALSE(tree_of(captured, scope).files_left_out);
}

}  // namespace
}  // namespace kmodsec::test
