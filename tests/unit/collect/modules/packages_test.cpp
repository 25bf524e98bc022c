// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/packages.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/faulty_root.hpp"
#include "support/memory_root.hpp"
#include "support/packers.hpp"
#include "support/posix_acl_builder.hpp"

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

/// What the package "ours" says of a program, of which it has this list and these sums.
PlainFile claimed_program(const std::string& path, const std::string& list,
                          const std::string& sums) {
  MemoryRoot root;
  root.add_file("/var/lib/dpkg/status", entry_of("ours", "1"));
  root.add_file("/var/lib/dpkg/info/ours.list", list);
  if (!sums.empty()) root.add_file("/var/lib/dpkg/info/ours.md5sums", sums);
  std::vector<PlainFile> files(1);
  files.front().path = path;
  files.front().digests = FileDigests{.md5 = std::string(32, 'a'), .sha256 = "b"};
  collect_packages_of_programs(root, files);
  return files.front();
}

TEST(PackagesTest, AProgramIsHeldAgainstItsPackageWhereverItLies) {
  const std::string sums = std::string(32, 'a') + "  usr/lib/cargo/bin/false\n";
  const PlainFile file =
      claimed_program("/usr/lib/cargo/bin/false", "/usr/lib/cargo/bin/false\n", sums);
  EXPECT_EQ(file.package->level, PackageLevel::db_match);
  EXPECT_FALSE(file.is_none_of_package);
  EXPECT_EQ(claimed_program("/usr/bin/x", "/usr/bin/y\n", sums).package->level,
            PackageLevel::unowned);
}

TEST(PackagesTest, AFileWhereThePackageHasALinkIsNoneOfIt) {
  const std::string list = "/bin/kmod\n/sbin/modprobe\n";
  const std::string sums = std::string(32, 'a') + "  bin/kmod\n";
  EXPECT_TRUE(claimed_program("/usr/sbin/modprobe", list, sums).is_none_of_package);
  EXPECT_FALSE(claimed_program("/usr/bin/kmod", list, sums).is_none_of_package);
  EXPECT_FALSE(claimed_program("/usr/sbin/modprobe", list, "").is_none_of_package)
      << "a package without sums lists no file";
}

constexpr const char* built_path = "/lib/modules/6.1.0-9-test/updates/dkms/ours.ko";
constexpr const char* kept_path = "/var/lib/dkms/ours/1.0/6.1.0-9-test/x86_64/module/ours.ko.gz";

/// A module that DKMS has built: it keeps `kept`, and `installed` is installed.
MemoryRoot root_with_dkms(const std::string& kept, const std::string& installed,
                          std::uint32_t mode = 0644) {
  MemoryRoot root;
  root.add_file("/var/lib/dpkg/status", entry_of("ours-dkms", "1") + "\n");
  root.add_file("/var/lib/dpkg/info/ours-dkms.list", "/usr/src/ours-1.0/dkms.conf\n");
  root.add_file("/usr/src/ours-1.0/dkms.conf", "");
  root.add_file(kept_path, kept, mode);
  root.add_file(built_path, installed);
  return root;
}

PackageLevel level_of_built(const Root& root) {
  std::vector<ModuleFile> files(1);
  files.front().path = built_path;
  files.front().name = "ours";
  collect_packages(root, "6.1.0-9-test", files);
  return files.front().package.value_or(PackageClaim{}).level;
}

TEST(PackagesTest, DkmsIsBehindAModuleWhoseCodeItKeeps) {
  EXPECT_EQ(level_of_built(root_with_dkms("code", "code")), PackageLevel::generated);
  EXPECT_EQ(level_of_built(root_with_dkms(gzip("code"), "code")), PackageLevel::generated);
}

TEST(PackagesTest, TheNameOfAModuleInDkmsProvesNothing) {
  EXPECT_EQ(level_of_built(root_with_dkms("", "code")), PackageLevel::unowned);
  EXPECT_EQ(level_of_built(root_with_dkms("other code", "code")), PackageLevel::unowned);
  EXPECT_EQ(level_of_built(root_with_dkms(gzip("other code"), "code")), PackageLevel::unowned);
}

TEST(PackagesTest, WhatOthersMayWriteInDkmsProvesNothing) {
  EXPECT_EQ(level_of_built(root_with_dkms("code", "code", 0666)), PackageLevel::unowned);
  for (const char* path : {"/var/lib/dkms", "/usr/src/ours-1.0", kept_path}) {
    MemoryRoot root = root_with_dkms("code", "code", 0664);
    root.add_lists(path, {.access = acl_for_writer(1000), .inherited = {}, .of_other_kinds = {}});
    EXPECT_EQ(level_of_built(root), PackageLevel::unowned) << path;
  }
}

TEST(PackagesTest, ADatabaseThatOthersMayWriteTellsNothing) {
  MemoryRoot root = root_with_package();
  root.add_lists("/var/lib/dpkg/info",
                 {.access = acl_for_writer(1000), .inherited = {}, .of_other_kinds = {}});
  EXPECT_EQ(version_of_owner(root), "unseen");
}

}  // namespace
}  // namespace kmodsec::test
