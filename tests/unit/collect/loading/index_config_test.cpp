// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/index_config.hpp"

#include <gtest/gtest.h>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

TEST(CollectIndexConfig, TellsWeakDependenciesFromOtherLines) {
  MemoryRoot root;
  root.add_file("/lib/modules/6.12/modules.softdep", "softdep a pre: b\ninstall x /bin/evil\n");
  root.add_file("/lib/modules/6.12/modules.weakdep",
                "# comment\nweakdep phy realtek marvell\nblacklist y\nweakdep z q\n");
  ModuleTree tree;
  tree.folder = "/lib/modules/6.12";
  collect_index_config(root, tree);
  ASSERT_EQ(tree.weakdeps->size(), 2U);
  EXPECT_EQ((*tree.weakdeps)[0].name, "phy");
  EXPECT_EQ((*tree.weakdeps)[0].argument, "realtek marvell");
  EXPECT_EQ((*tree.weakdeps)[1].name, "z");
  ASSERT_EQ(tree.index_lines.size(), 2U);
  EXPECT_EQ(tree.index_lines[0].name, "x");
  EXPECT_EQ(tree.index_lines[1].name, "y");
}

TEST(CollectIndexConfig, NeedsNoFile) {
  ModuleTree tree;
  tree.folder = "/lib/modules/6.12";
  collect_index_config(MemoryRoot(), tree);
  EXPECT_EQ(tree.weakdeps.error().kind, ErrorKind::not_found);
  EXPECT_TRUE(tree.unseen.empty());
}

}  // namespace
}  // namespace kmodsec::test
