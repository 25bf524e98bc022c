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

}  // namespace
}  // namespace kmodsec::test
