// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/pager.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/temporary_tree.hpp"

namespace kmodsec::test {
namespace {

namespace fs = std::filesystem;

TEST(Pager, AnAppletOfBusyboxIsNotLess) {
  const TemporaryTree tree;
  tree.write("/bin/busybox", "");
  tree.write("/usr/bin/less", "");
  tree.write("/opt/less", "");
  for (const char* path : {"/bin/busybox", "/usr/bin/less"})
    fs::permissions(tree.folder() + path, fs::perms::owner_all);
  EXPECT_TRUE(is_less_itself(tree.folder() + "/usr/bin/less"));
  EXPECT_FALSE(is_less_itself(tree.folder() + "/opt/less")) << "it may not be run";
  EXPECT_FALSE(is_less_itself(tree.folder() + "/none/less"));
  fs::create_symlink("busybox", tree.folder() + "/bin/less");
  EXPECT_FALSE(is_less_itself(tree.folder() + "/bin/less")) << "a link to busybox";
  fs::create_hard_link(tree.folder() + "/usr/bin/less", tree.folder() + "/usr/bin/more");
  EXPECT_FALSE(is_less_itself(tree.folder() + "/usr/bin/less")) << "one of several names";
}

}  // namespace
}  // namespace kmodsec::test
