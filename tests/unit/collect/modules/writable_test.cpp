// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/writable.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "collect/host/trusted_files.hpp"
#include "support/memory_root.hpp"
#include "support/posix_acl_builder.hpp"
#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* writable_module = "/lib/modules/6.1/kernel/x.ko";
constexpr const char* conf_path = "/etc/modprobe.d/x.conf";

MemoryRoot host() {
  MemoryRoot root;
  add_whole_installation(root);
  root.add_file(writable_module, "code");
  root.add_file(conf_path, "");
  return root;
}

std::vector<std::string> paths(const Root& root) {
  std::vector<std::string> found;
  const auto writable = collect_writable(root);
  if (!writable) return {"unseen"};
  for (const Ownership& one : writable->found)
    found.push_back(one.path + (one.leads_to.empty() ? "" : " → " + one.leads_to));
  return found;
}

std::vector<std::string> gaps(const Root& root) {
  std::vector<std::string> unseen;
  const auto writable = collect_writable(root);
  for (const Unseen& gap : writable->unseen) unseen.push_back(gap.what + ": " + gap.why);
  return unseen;
}

AccessLists lets_write(std::uint32_t uid) {
  return {.access = acl_for_writer(uid), .inherited = {}, .of_other_kinds = {}};
}

TEST(Writable, AHealthyHostHasNothing) {
  EXPECT_THAT(paths(host()), IsEmpty());
  EXPECT_THAT(gaps(host()), IsEmpty());
}

TEST(Writable, AnAccessListLetsOthersWriteAFileOrAFolder) {
  for (const char* path : {conf_path, "/etc/modprobe.d", writable_module, "/lib/modules/6.1"}) {
    MemoryRoot root = host();
    root.add_file(conf_path, "", 0664);
    root.add_file(writable_module, "code", 0664);
    root.add_lists(path, lets_write(1000));
    EXPECT_THAT(paths(root), ElementsAre(path));
    EXPECT_THAT(collect_writable(root)->found.front().writers, ElementsAre("user 1000"));
    root.add_lists(path, lets_write(0));
    EXPECT_THAT(paths(root), IsEmpty()) << "root may";
  }
}

TEST(Writable, WhatAFolderHandsOnToNewFilesCounts) {
  MemoryRoot root = host();
  root.add_lists("/etc/modprobe.d",
                 {.access = {}, .inherited = acl_for_writer(1000), .of_other_kinds = {}});
  ASSERT_THAT(paths(root), ElementsAre("/etc/modprobe.d"));
  EXPECT_THAT(collect_writable(root)->found.front().writers,
              ElementsAre("user 1000 (of what is made there)"));
  root.add_lists("/etc/modprobe.d",
                 {.access = {}, .inherited = acl_attribute({{0x20, 6, 0}}), .of_other_kinds = {}});
  EXPECT_THAT(collect_writable(root)->found.front().writers,
              ElementsAre("everybody (of what is made there)"));
}

TEST(Writable, AListThatIsNotUnderstoodIsAGap) {
  MemoryRoot root = host();
  root.add_lists("/etc/modprobe.d",
                 {.access = {}, .inherited = {}, .of_other_kinds = {"system.nfs4_acl"}});
  root.add_lists("/lib/modules", {.access = "damaged", .inherited = {}, .of_other_kinds = {}});
  EXPECT_THAT(paths(root), IsEmpty());
  EXPECT_THAT(gaps(root),
              Contains(HasSubstr("/etc/modprobe.d: its access control list is of a kind "
                                 "that is not understood: system.nfs4_acl")));
  EXPECT_THAT(gaps(root), Contains(HasSubstr("/lib/modules: its access control list is damaged")));
}

TEST(Writable, TheTopFolderAndThoseOnTheWayCount) {
  MemoryRoot root = host();
  root.add_lists("/", lets_write(1000));
  root.add_folder("/etc", 0777);
  EXPECT_THAT(paths(root),
              ElementsAre("/ → /lib/modules", "/ → /etc/modprobe.d", "/etc → /etc/modprobe.d",
                          "/ → /boot", "/etc → /etc/kmodsec", "/ → /sbin/modprobe"));
}

TEST(Writable, WhereALinkLeadsCounts) {
  MemoryRoot root = host();
  root.add_file("/srv/x.conf", "", 0644, 1000);
  root.add_link("/etc/modprobe.d/linked.conf", "/srv/x.conf");
  root.add_link("/etc/modprobe.d/off.conf", "/dev/null");
  root.add_link("/etc/modprobe.d/gone.conf", "/srv/none");
  ASSERT_TRUE(root.add("/dev/null", {FileType::other, 0, 0666, 0, 0}));
  root.add_file("/opt/modules/evil.ko", "", 0666);
  root.add_link("/lib/modules/6.1/extra", "/opt/modules");
  root.add_folder("/home/dev/linux", 0755, 1000);
  root.add_link("/lib/modules/6.1/build", "/home/dev/linux");
  EXPECT_THAT(paths(root), ElementsAre("/opt/modules/evil.ko → /lib/modules/6.1/extra",
                                       "/srv/x.conf → /etc/modprobe.d/linked.conf"));
}

/// All of what is trusted, whoever of the links on the way is in the middle.
TEST(Writable, WhereALinkLeadsCountsForWhateverDecidesAtBoot) {
  for (const std::string link :
       {"/boot/initrd.img", "/etc/kmodsec/policy.toml", "/etc/kmodsec/profiles/own.toml",
        "/etc/initramfs-tools/hooks/x", "/etc/dracut.conf.d/x.conf", "/usr/lib/initcpio/hooks/x",
        "/etc/systemd/system/x.service", "/usr/lib/systemd/system/x.service",
        "/var/lib/dkms/mok.key", "/etc/audit/rules.d/x.rules", "/etc/depmod.d/x.conf",
        "/etc/modules-load.d/x.conf", "/lib/modules/6.1/modules.dep.bin",
        "/lib/modules/6.1/weak-updates/x.ko"}) {
    MemoryRoot root = host();
    root.add_file("/srv/a/end", "", 0666);
    root.add_folder("/srv/open", 0777);
    root.add_link("/srv/open/second", "../a/end");
    root.add_link(link, "/srv/open/../open/second");
    EXPECT_THAT(paths(root), ElementsAre("/srv/open → " + link, "/srv/a/end → " + link));
  }
}

TEST(Writable, TheProgramsThatLoadModules) {
  MemoryRoot root = host();
  root.add_file("/usr/bin/kmod", "code", 0755);
  root.add_link("/sbin/modprobe", "../usr/bin/kmod");
  EXPECT_THAT(paths(root), IsEmpty());
  root.add_file("/usr/bin/kmod", "code", 0777);
  root.add_folder("/opt/tools", 0777);
  root.add_file("/opt/tools/insmod", "code", 0755);
  root.add_link("/sbin/insmod", "/opt/tools/insmod");
  EXPECT_THAT(paths(root), ElementsAre("/usr/bin/kmod", "/opt/tools → /sbin/insmod"));
}

TEST(Writable, WhatWasLeftOutOfACaptureIsAGap) {
  MemoryRoot root;
  root.add_file("/etc/passwd", "");
  root.add_file("/etc/group", "");
  root.add_file(writable_module, "code");
  root.add_link("/etc/modprobe.d/x.conf", "/srv/x.conf");
  EXPECT_THAT(gaps(root), Contains(HasSubstr("/usr/lib/modules: ")));
  EXPECT_THAT(gaps(root), Contains(HasSubstr("/usr/local/lib/modprobe.d: ")));
  EXPECT_THAT(gaps(root), Contains(HasSubstr("/srv/x.conf")));
  EXPECT_THAT(gaps(root), Contains(HasSubstr("/usr/share/initramfs-tools: ")));
}

TEST(Writable, ALinkToTheWholeTreeEndsSomewhere) {
  MemoryRoot root = host();
  root.add_link("/lib/modules/6.1/all", "/");
  root.add_link("/lib/modules/6.1/kernel/up", "..");
  root.add_link("/lib/modules/6.1/loop", "loop");
  EXPECT_THAT(paths(root), IsEmpty());
  EXPECT_THAT(gaps(root), IsEmpty());
}

TEST(TrustedFile, IsRefusedWhereALinkOrAListLetsOthersWrite) {
  MemoryRoot root;
  const std::string path = "/etc/kmodsec/policy.toml";
  root.add_file(path, "[deny]\n", 0660);
  EXPECT_TRUE(read_trusted_file(root, path, 100));
  for (const char* open : {"/", "/etc", "/etc/kmodsec", "/etc/kmodsec/policy.toml"}) {
    root.add_lists(open, lets_write(1000));
    EXPECT_FALSE(read_trusted_file(root, path, 100)) << open;
    root.add_lists(open, {.access = "?", .inherited = {}, .of_other_kinds = {}});
    EXPECT_FALSE(read_trusted_file(root, path, 100)) << open;
    root.add_lists(open, {});
  }
  EXPECT_TRUE(read_trusted_file(root, path, 100));
}

}  // namespace
}  // namespace kmodsec::test
