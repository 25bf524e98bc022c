// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/baseline/covered_folders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "collect/baseline/covered_files.hpp"
#include "support/faulty_root.hpp"
#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAre;

std::vector<std::string> paths_of(CoveredFolders& folders) {
  std::vector<std::string> paths;
  for (const CoveredFile& folder : folders.take_folders()) paths.push_back(folder.path);
  return paths;
}

TEST(CoveredFolders, EverythingAboveAFolderOnce) {
  MemoryRoot root;
  root.add_file("/etc/modprobe.d/x.conf", "");
  CoveredFolders folders(root);
  folders.add("/etc/modprobe.d", "");
  folders.add("/etc/modprobe.d", "");
  folders.add_folder_of("/etc/modules", "");
  EXPECT_THAT(paths_of(folders), UnorderedElementsAre("/etc/modprobe.d", "/etc", "/"));
  EXPECT_THAT(folders.take_unseen(), IsEmpty());
}

TEST(CoveredFolders, WhatALinkOnTheWayLeadsTo) {
  MemoryRoot root;
  root.add_file("/usr/lib/modules/6.1/x.ko", "");
  root.add_link("/lib", "usr/lib");
  CoveredFolders folders(root);
  folders.add("/lib/modules/6.1", "6.1");
  EXPECT_THAT(paths_of(folders), UnorderedElementsAre("/lib/modules/6.1", "/lib/modules", "/lib",
                                                      "/usr/lib", "/usr", "/"));
}

TEST(CoveredFolders, AWayBackIsFollowed) {
  MemoryRoot root;
  root.add_file("/srv/x/evil.bin", "");
  root.add_file("/lib/modules/6.1/x.ko", "");
  CoveredFolders folders(root);
  folders.add_folder_of("/lib/modules/6.1/../../../srv/x/evil.bin", "6.1");
  EXPECT_THAT(paths_of(folders), IsSupersetOf({"/srv/x", "/srv", "/"}));
}

TEST(CoveredFolders, TheWayToTheTargetOfALink) {
  MemoryRoot root;
  root.add_file("/srv/conf/x.conf", "");
  root.add_link("/etc/modprobe.d/x.conf", "/srv/conf/x.conf");
  root.add_link("/etc/modprobe.d/y.conf", "/nowhere/y.conf");
  CoveredFolders folders(root);
  folders.add_target_of("/etc/modprobe.d/x.conf");
  folders.add_target_of("/etc/modprobe.d/y.conf");
  EXPECT_THAT(paths_of(folders),
              UnorderedElementsAre("/srv/conf", "/srv", "/etc/modprobe.d", "/etc", "/"));
  EXPECT_THAT(folders.take_unseen(), IsEmpty());
}

TEST(CoveredFolders, AreAmongWhatABaselineCovers) {
  MemoryRoot root;
  root.add_folder("/etc/modprobe.d");
  const CoveredFiles covered = collect_covered_files(root);
  EXPECT_THAT(covered.files, Contains(CoveredFile{"/etc/modprobe.d", BaselineKind::folder, ""}));
}

TEST(CoveredFolders, OneIsRecordedByItsOwnerAndItsMode) {
  MemoryRoot root;
  root.add_folder("/etc/modprobe.d", 0770, 5);
  const RecordedFile folder = record_folder(root, "/etc/modprobe.d");
  ASSERT_TRUE(folder.attributes && folder.sha256);
  EXPECT_EQ(folder.attributes->mode & 0777U, 0770U);
  EXPECT_EQ(folder.attributes->uid, 5U);
  EXPECT_EQ(folder.attributes->size, 0U);
  EXPECT_EQ(*folder.sha256, "");
}

TEST(CoveredFolders, OneThatCannotBeSeenIsAnError) {
  MemoryRoot machine;
  machine.add_folder("/etc/modprobe.d");
  FaultyRoot root(machine);
  root.fail_on("/etc/modprobe.d", ErrorKind::denied);
  EXPECT_FALSE(record_folder(root, "/etc/modprobe.d").sha256);
}

}  // namespace
}  // namespace kmodsec::test
