// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/module_finder.hpp"

#include <gtest/gtest.h>

#include "cve-tables/cve_modules.hpp"

namespace kmodsec {
namespace {

KernelObjects some_objects() {
  KernelObjects objects;
  add_kbuild_folder("fs/xfs",
                    {{"obj-m", {"xfs.o"}}, {"xfs-y", {"inode.o", "libxfs/btree.o", "../lib/x.o"}}},
                    objects);
  add_kbuild_folder("fs/smb/client", {{"obj-m", {"cifs.o"}}, {"cifs-objs", {"smb.o"}}}, objects);
  add_kbuild_folder("drivers/hwmon", {{"obj-m", {"lm-75.o", "lm80.o"}}}, objects);
  add_kbuild_folder("mm", {{"obj-y", {"slab.o", "sub/"}}, {"obj-m", {"zs.o"}}}, objects);
  return objects;
}

std::string names_in(const std::optional<FoundModules>& found) {
  std::string names;
  for (const std::string& module : found.value_or(FoundModules{}).modules) names += module + " ";
  return names + (found && found->built_in ? "built-in " : "") +
         (found && found->by_rule ? "rule" : "");
}

TEST(KernelObjects, TakesCompositesApart) {
  const KernelObjects objects = some_objects();
  EXPECT_EQ(objects.at("fs/xfs/libxfs/btree").modules, (std::set<std::string>{"xfs"}));
  EXPECT_EQ(objects.at("fs/lib/x").modules, (std::set<std::string>{"xfs"}));
  EXPECT_EQ(objects.at("drivers/hwmon/lm-75").modules, (std::set<std::string>{"lm_75"}));
  EXPECT_TRUE(objects.at("mm/slab").built_in);
  EXPECT_FALSE(objects.contains("fs/xfs/xfs"));
}

TEST(KernelObjects, BuildsLibrariesIn) {
  KernelObjects objects;
  add_kbuild_folder("lib", {{"lib-m", {"decompress.o"}}}, objects);
  EXPECT_TRUE(objects.at("lib/decompress").built_in);
}

TEST(KernelObjects, StaysInTheTree) {
  KernelObjects objects;
  add_kbuild_folder("fs", {{"obj-m", {"../../../etc/x.o", "../a b.o"}}}, objects);
  EXPECT_TRUE(objects.empty());
}

TEST(ModuleFinder, AsksMakefilesThenRules) {
  const KernelObjects objects = some_objects();
  const ModuleFinder finder(objects);
  EXPECT_EQ(names_in(finder.find("fs/xfs/inode.c")), "xfs ");
  EXPECT_EQ(names_in(finder.find("mm/slab.c")), "built-in ");
  EXPECT_EQ(names_in(finder.find("fs/cifs/smb.c")), "cifs rule");
  EXPECT_EQ(names_in(finder.find("fs/xfs/new.c")), "xfs rule");
  EXPECT_EQ(names_in(finder.find("fs/xfs/libxfs/old/btree.c")), "xfs rule");
  EXPECT_EQ(names_in(finder.find("drivers/hwmon/lm-75.h")), "lm_75 rule");
  EXPECT_EQ(names_in(finder.find("drivers/hwmon/lm90.c")), "lm90 rule");
  EXPECT_EQ(names_in(finder.find("drivers/net/ovpn/io.c")), "ovpn ");
  EXPECT_FALSE(finder.find("mm/internal.h"));
  EXPECT_FALSE(finder.find("mm/new.c"));
  EXPECT_FALSE(finder.find("drivers/hwmon/Kconfig"));
}

TEST(CveModules, JoinsTheFiles) {
  const KernelObjects objects = some_objects();
  const ModuleFinder finder(objects);
  const auto joined = [&](const std::vector<std::string>& files) {
    const auto cve =
        modules_of_cve(files, finder, [](const std::string& file) { return file == "mm/mmap.c"; });
    return cve ? cve->modules + " " + cve->flags : "nothing";
  };
  EXPECT_EQ(joined({"fs/xfs/inode.c", "include/linux/fs.h"}), "xfs ");
  EXPECT_EQ(joined({"fs/xfs/inode.c", "mm/slab.c"}), "xfs c");
  EXPECT_EQ(joined({"fs/xfs/inode.c", "drivers/hwmon/lm90.c"}), "lm90,xfs h");
  EXPECT_EQ(joined({"mm/slab.c"}), "@mm ");
  EXPECT_EQ(joined({"mm/mmap.c"}), "@mm ");
  EXPECT_EQ(joined({"mm/gone.c"}), "@mm ?");
  EXPECT_EQ(joined({"include/linux/fs.h"}), "@include/linux i");
  EXPECT_EQ(joined({"Documentation/a.rst", "tools/b.c"}), "nothing");
}

}  // namespace
}  // namespace kmodsec
