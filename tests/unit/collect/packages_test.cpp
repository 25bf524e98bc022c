// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/packages.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/faulty_root.hpp"
#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

constexpr const char* module_path = "/lib/modules/6.1.0-9-test/extra/ours.ko";

std::string entry_of(const std::string& package, const std::string& version) {
  return "Package: " + package + "\nStatus: install ok unpacked\nVersion: " + version + "\n";
}

MemoryRoot root_with_package() {
  MemoryRoot root;
  root.add_file("/var/lib/dpkg/status",
                entry_of("other", "7") + "\n" + entry_of("ours", "1") + "\n");
  root.add_file("/var/lib/dpkg/info/ours.list", std::string("/.\n") + module_path + "\n");
  return root;
}

std::string version_of_owner(const Root& root) {
  std::vector<PlainFile> files(1);
  files.front().path = module_path;
  collect_packages(root, "6.1.0-9-test", files);
  return files.front().package ? files.front().package->version : "unseen";
}

TEST(PackagesTest, TheStatusFileTellsTheVersion) {
  EXPECT_EQ(version_of_owner(root_with_package()), "1");
}

TEST(PackagesTest, WhatDpkgHasDoneSinceIsNewer) {
  MemoryRoot root = root_with_package();
  root.add_file("/var/lib/dpkg/updates/0000", entry_of("ours", "2"));
  root.add_file("/var/lib/dpkg/updates/0002", entry_of("ours", "3"));
  root.add_file("/var/lib/dpkg/updates/0003", entry_of("other", "8"));
  root.add_file("/var/lib/dpkg/updates/tmp.i", entry_of("ours", "9"));
  EXPECT_EQ(version_of_owner(root), "3");
}

TEST(PackagesTest, APackageThatIsInstalledForTheFirstTimeIsThereAlready) {
  MemoryRoot root;
  root.add_file("/var/lib/dpkg/status", entry_of("other", "7") + "\n");
  root.add_file("/var/lib/dpkg/info/ours.list", std::string(module_path) + "\n");
  EXPECT_EQ(version_of_owner(root), "");
  root.add_file("/var/lib/dpkg/updates/0000", entry_of("ours", "1"));
  EXPECT_EQ(version_of_owner(root), "1");
}

TEST(PackagesTest, WhatCannotBeReadOfItIsToldInsteadOfAnOlderVersion) {
  const MemoryRoot root = root_with_package();
  FaultyRoot faulty(root);
  faulty.fail_on("/var/lib/dpkg/updates", ErrorKind::denied);
  EXPECT_EQ(version_of_owner(faulty), "unseen");
}

}  // namespace
}  // namespace kmodsec::test
