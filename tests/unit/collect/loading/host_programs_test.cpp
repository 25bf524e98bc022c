// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/host_programs.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "collect/loading/install_programs.hpp"
#include "format/files/digest.hpp"
#include "model/names.hpp"
#include "support/faulty_root.hpp"
#include "support/memory_root.hpp"
#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

const std::string code_of_kmod = "code of kmod";
const std::string code_of_false = "code of false";

/// A Debian of which kmod and false(1) are as their packages installed them.
MemoryRoot debian_host() {
  MemoryRoot root;
  add_whole_installation(root);
  root.add_file("/usr/bin/kmod", code_of_kmod, 0755);
  root.add_link("/usr/sbin/modprobe", "../bin/kmod");
  root.add_link("/sbin/depmod", "/usr/bin/kmod");
  root.add_file("/bin/false", code_of_false, 0755);
  root.add_file("/var/lib/dpkg/status", "Package: kmod\nStatus: install ok installed\n\n");
  root.add_file("/var/lib/dpkg/info/kmod.list", "/bin/kmod\n/sbin/modprobe\n/sbin/depmod\n");
  root.add_file("/var/lib/dpkg/info/kmod.md5sums",
                hex_digest(Digest::md5, code_of_kmod) + "  bin/kmod\n");
  root.add_file("/var/lib/dpkg/info/coreutils.list", "/bin/false\n");
  root.add_file("/var/lib/dpkg/info/coreutils.md5sums",
                hex_digest(Digest::md5, code_of_false) + "  bin/false\n");
  return root;
}

std::string level(const Seen<PackageClaim>& claim) {
  return claim ? std::string(to_string(claim->level)) : "unseen: " + claim.error().reason;
}

/// "PATH (NAMES): LEVEL" of each.
std::vector<std::string> programs(const Root& root, std::string_view loader = "/sbin/modprobe") {
  std::vector<HostProgram> found = find_host_programs(root, loader);
  std::vector<InstallProgram> no_lines;
  collect_packages_of_programs(root, found, no_lines);
  std::vector<std::string> told;
  for (const HostProgram& one : found) {
    std::string names;
    for (const std::string& name : one.names) names += (names.empty() ? "" : " ") + name;
    told.push_back(one.path + " (" + names + "): " + level(one.package));
  }
  return told;
}

using Told = std::vector<std::string>;

TEST(HostPrograms, AreThereOnceWhateverTheirNames) {
  EXPECT_EQ(programs(debian_host()),
            (Told{"/usr/bin/kmod (/sbin/depmod /usr/bin/kmod /usr/sbin/modprobe): db-match"}));
}

TEST(HostPrograms, AScriptInThePlaceOfALinkIsNotOfThePackage) {
  MemoryRoot root = debian_host();
  root.add_file("/sbin/depmod", "#!/bin/sh\n", 0755);
  EXPECT_EQ(programs(root), (Told{"/sbin/depmod (/sbin/depmod): mismatch",
                                  "/usr/bin/kmod (/usr/bin/kmod /usr/sbin/modprobe): db-match"}));
}

TEST(HostPrograms, OtherBytesAreNotOfThePackage) {
  MemoryRoot root = debian_host();
  root.add_file("/usr/bin/kmod", code_of_kmod + "!", 0755);
  EXPECT_EQ(programs(root),
            (Told{"/usr/bin/kmod (/sbin/depmod /usr/bin/kmod /usr/sbin/modprobe): mismatch"}));
}

TEST(HostPrograms, ALinkToAnotherProgramLeadsToOneThatNobodyOwns) {
  MemoryRoot root = debian_host();
  root.add_file("/opt/x", "code", 0755);
  root.add_link("/sbin/insmod", "/opt/x");
  EXPECT_EQ(programs(root).front(), "/opt/x (/sbin/insmod): unowned");
  EXPECT_EQ(programs(debian_host(), "/usr/lib/y").size(), 1U) << "it is not there";
  EXPECT_EQ(programs(root, "/opt/x").front(), "/opt/x (/opt/x /sbin/insmod): unowned");
}

TEST(HostPrograms, WhatCannotBeReadIsAGap) {
  const MemoryRoot root = debian_host();
  for (const char* path : {"/usr/bin/kmod", "/var/lib/dpkg/info/kmod.md5sums", "/usr/bin"}) {
    FaultyRoot faulty(root);
    faulty.fail_on(path, ErrorKind::denied);
    const Told told = programs(faulty);
    ASSERT_FALSE(told.empty());
    EXPECT_NE(told.back().find("unseen: "), std::string::npos) << told.back();
  }
}

TEST(HostPrograms, WithoutADatabaseNothingIsKnown) {
  MemoryRoot root;
  add_whole_installation(root);
  root.add_file("/usr/sbin/modprobe", code_of_kmod, 0755);
  ASSERT_EQ(programs(root).size(), 1U);
  EXPECT_NE(programs(root).front().find("no database of dpkg or rpm"), std::string::npos);
}

TEST(HostPrograms, WhatWasLeftOutOfACaptureIsAGap) {
  MemoryRoot root;
  root.add_file("/etc/passwd", "");
  ASSERT_FALSE(programs(root).empty());
  EXPECT_NE(programs(root).front().find("unseen: not found, and what was captured"),
            std::string::npos);
}

std::string level_of_line(const MemoryRoot& root, const std::string& command) {
  std::vector<InstallProgram> of_lines = collect_install_programs(
      root, {{.directive = Directive::install, .name = "udf", .argument = command}});
  collect_packages_of_lines(root, of_lines);
  return of_lines.empty() ? "none" : level(of_lines.front().package);
}

TEST(HostPrograms, ThoseOfLinesThatDenyAreHeldAgainstTheirPackages) {
  MemoryRoot root = debian_host();
  EXPECT_EQ(level_of_line(root, "/bin/false"), "db-match");
  EXPECT_EQ(level_of_line(root, "exec /bin/false x"), "db-match");
  root.add_file("/bin/false", "#!/bin/sh\n", 0755);
  EXPECT_EQ(level_of_line(root, "/bin/false"), "mismatch");
  EXPECT_EQ(level_of_line(root, "/opt/x"), "unseen: not collected");
}

}  // namespace
}  // namespace kmodsec::test
