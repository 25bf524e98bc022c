// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/boot_requests.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "collect/loading/host_init.hpp"
#include "collect/loading/unread_files.hpp"
#include "support/faulty_root.hpp"
#include "support/memory_root.hpp"
#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

LoadConfig collected(const Root& root, std::string_view command_line = "") {
  LoadConfig config;
  const auto added = add_boot_requests(root, command_line, config);
  EXPECT_TRUE(added) << added.error().reason;
  return config;
}

/// Names in order, `!` behind those that no blacklist line stops, `-` behind those that pass over
/// their install lines.
std::string requested(const LoadConfig& config) {
  std::vector<std::string> names;
  for (const LoadRequest& request : config.at_boot)
    names.push_back(request.name + (request.past_blacklist ? "!" : "") +
                    (request.past_install ? "-" : ""));
  std::ranges::sort(names);
  std::string all;
  for (const std::string& name : names) all += name + " ";
  return all;
}

MemoryRoot host_with(std::string_view init_target) {
  MemoryRoot root;
  root.add_link("/sbin/init", std::string(init_target));
  root.add_file("/etc/modules-load.d/a.conf", "a x\nb\n");
  root.add_file("/usr/local/lib/modules-load.d/l.conf", "local\n");
  root.add_file("/etc/modules", "m\n");
  root.add_file("/etc/conf.d/modules", "modules=\"c\"\n");
  return root;
}

TEST(HostInit, IsWhatTheKernelStarts) {
  const auto system = [](const MemoryRoot& root, std::string_view command_line = "") {
    return collect_host_init(root, command_line).system;
  };
  EXPECT_EQ(system(host_with("/lib/systemd/systemd")), InitSystem::systemd);
  EXPECT_EQ(system(host_with("runit-init")), InitSystem::runit);
  EXPECT_EQ(system(host_with("/bin/busybox")), InitSystem::busybox);
  EXPECT_EQ(system(host_with("/usr/bin/unheard-of")), InitSystem::unknown);
  MemoryRoot alpine = host_with("/bin/busybox");
  alpine.add_file("/etc/inittab", "::sysinit:/sbin/openrc sysinit\n");
  EXPECT_EQ(system(alpine), InitSystem::openrc);
  EXPECT_EQ(system(alpine, "quiet init=/sbin/init"), InitSystem::openrc);
  MemoryRoot other = host_with("/lib/systemd/systemd");
  other.add_file("/sbin/openrc-init", "");
  EXPECT_EQ(system(other, "init=/sbin/openrc-init"), InitSystem::openrc);
  other.add_folder("/run/systemd/system");
  EXPECT_EQ(system(other, "init=/sbin/openrc-init"), InitSystem::systemd);
  MemoryRoot void_root;
  EXPECT_EQ(collect_host_init(void_root, "").evidence, "no /sbin/init was seen");
  void_root.add_file("/usr/lib/systemd/systemd", "");
  EXPECT_EQ(system(void_root), InitSystem::systemd);
}

TEST(BootRequests, FollowTheInit) {
  constexpr std::string_view line = "modules-load=k rd.modules_load=r";
  EXPECT_EQ(requested(collected(host_with("/lib/systemd/systemd"), line)), "b k local ");
  EXPECT_EQ(requested(collected(host_with("/sbin/openrc-init"), line)), "a b c m ");
  EXPECT_EQ(requested(collected(host_with("/sbin/runit-init"), line)), "b k ");
  EXPECT_EQ(requested(collected(host_with("/bin/busybox"), line)), "a! b! local! m! ");
  EXPECT_EQ(requested(collected(host_with("/bin/else"), line)), "b c k local m! ");
}

TEST(BootRequests, TheScriptOfOpenrcDecides) {
  MemoryRoot root = host_with("/sbin/openrc-init");
  root.add_file("/etc/init.d/modules",
                "dirs=\"/etc/modules-load.d\"\nmodprobe --use-blacklist -q \"$x\"\n");
  const LoadConfig gentoo = collected(root);
  EXPECT_EQ(requested(gentoo), "a b c ");
  ASSERT_EQ(gentoo.unread.size(), 1U);
  EXPECT_EQ(gentoo.unread[0].path, "/etc/modules");
  root.add_file("/etc/init.d/modules", "for f in /etc/modules; do modprobe -q $m\n");
  EXPECT_EQ(requested(collected(root)), "a! b! c! m! ");
}

TEST(BootRequests, WhatNobodyReadsIsNoted) {
  MemoryRoot root = host_with("/lib/systemd/systemd");
  root.add_file("/etc/modules-load.d/usb", "usb_storage\n");
  root.add_file("/etc/modules-load.d/README", "# nothing\n");
  const LoadConfig config = collected(root);
  ASSERT_EQ(config.unread.size(), 2U);
  EXPECT_EQ(config.unread[0].path, "/etc/modules-load.d/usb");
  EXPECT_EQ(config.unread[0].requests, std::vector<std::string>{"usb_storage"});
  EXPECT_EQ(config.unread[1].path, "/etc/modules");
  root.add_link("/etc/modules-load.d/modules.conf", "../modules");
  EXPECT_EQ(requested(collected(root)), "b local m ");
  EXPECT_EQ(collected(root).unread.size(), 1U);
}

TEST(BootUnits, AskWhereABootStartsThem) {
  MemoryRoot root;
  root.add_link("/sbin/init", "/lib/systemd/systemd");
  const std::string folder = "/usr/lib/systemd/system/";
  root.add_link(folder + "default.target", "graphical.target");
  root.add_file(folder + "graphical.target", "[Unit]\nRequires=multi-user.target\n");
  root.add_file(folder + "multi-user.target", "");
  root.add_file(folder + "modprobe@.service", "[Service]\nExecStart=-/sbin/modprobe -abq %i\n");
  root.add_file(folder + "login.service",
                "[Unit]\nWants=modprobe@drm.service\nAfter=modprobe@x.service\n");
  root.add_file(folder + "idle.service", "[Service]\nExecStart=/sbin/modprobe idle\n");
  root.add_file("/etc/systemd/system/own.service",
                "[Service]\nExecStartPre=/sbin/modprobe taken_back\nExecStart=/bin/own\n");
  root.add_file("/etc/systemd/system/own.service.d/10.conf",
                "[Service]\nExecStartPre=\nExecStartPre=/sbin/modprobe sctp\n");
  root.add_link("/etc/systemd/system/multi-user.target.wants/own.service", "../own.service");
  root.add_link(folder + "multi-user.target.wants/login.service", "../login.service");
  root.add_link(folder + "sysinit.target.wants/modprobe@masked.service", "/dev/null");
  const LoadConfig config = collected(root);
  EXPECT_EQ(requested(config), "drm sctp! ");
  const auto sctp = std::ranges::find(config.at_boot, "sctp", &LoadRequest::name);
  EXPECT_EQ(sctp->source, "/etc/systemd/system/own.service.d/10.conf");
  EXPECT_EQ(sctp->line, 3U);
  EXPECT_EQ(sctp->by, "own.service");
  EXPECT_EQ(requested(collected(root, "systemd.wants=idle.service")), "drm idle! sctp! ");
  root.add_link("/etc/systemd/system/login.service", "/dev/null");
  EXPECT_EQ(requested(collected(root)), "sctp! ");
}

/// A unit that the boot starts, and that loads "minix".
MemoryRoot host_with_unit(std::string_view lines) {
  MemoryRoot root;
  root.add_link("/sbin/init", "/lib/systemd/systemd");
  root.add_file("/etc/systemd/system/sysinit.target", "[Unit]\nWants=a.service\n");
  root.add_file("/etc/systemd/system/a.service",
                "[Service]\nExecStart=/sbin/modprobe minix\n" + std::string(lines));
  return root;
}

TEST(BootUnits, HaveAnEnvironment) {
  EXPECT_EQ(requested(collected(host_with_unit(""))), "minix! ");
  MemoryRoot root = host_with_unit("Environment=\"MODPROBE_OPTIONS=-q -i\"\n");
  EXPECT_EQ(requested(collected(root)), "minix!- ");
  root.add_file("/etc/systemd/system/a.service.d/a.conf", "[Service]\nEnvironment=\n");
  EXPECT_EQ(requested(collected(root)), "minix! ");
  MemoryRoot by_file = host_with_unit("EnvironmentFile=-/etc/default/a\n");
  EXPECT_EQ(requested(collected(by_file)), "minix! ");
  by_file.add_file("/etc/default/a", "MODPROBE_OPTIONS=-i\n");
  EXPECT_EQ(requested(collected(by_file)), "minix!- ");
}

TEST(BootUnits, ReadAFileOfTheirEnvironmentOnce) {
  std::string lines;
  for (int i = 0; i < 20'000; ++i) lines += "EnvironmentFile=/etc/default/a\n";
  MemoryRoot root = host_with_unit(lines);
  root.add_file("/etc/default/a", "MODPROBE_OPTIONS=-i\n" + std::string(1'000'000, '#'));
  EXPECT_EQ(requested(collected(root)), "minix!- ");
}

TEST(BootUnits, MoreThanAHostAsksForIsAGap) {
  std::string line = "ExecStart=/sbin/modprobe -a";
  for (int i = 0; i < 4096; ++i) line += " m";
  std::string lines;
  for (int i = 0; i < 17; ++i) lines += line + "\n";
  MemoryRoot root = host_with_unit(lines);
  add_whole_installation(root);
  const LoadConfig config = collected(root);
  EXPECT_EQ(config.at_boot.size(), 65'536U);
  ASSERT_EQ(config.unseen.size(), 1U);
  EXPECT_EQ(config.unseen[0].why, "too many modules are asked for at boot");
}

TEST(BootUnits, HaveDropInsOfTheBeginOfTheirNames) {
  MemoryRoot root = host_with_unit("");
  root.add_file("/etc/systemd/system/sysinit.target", "[Unit]\nWants=a-b.service\n");
  root.add_file("/etc/systemd/system/a-b.service", "[Service]\nExecStart=modprobe ufs\n");
  root.add_file("/etc/systemd/system/a-.service.d/a.conf",
                "[Service]\nEnvironment=MODPROBE_OPTIONS=-i\n");
  EXPECT_EQ(requested(collected(root)), "ufs!- ");
}

TEST(BootUnits, HaveTheEnvironmentOfTheirManager) {
  MemoryRoot root = host_with_unit("");
  EXPECT_EQ(requested(collected(root, "systemd.setenv=MODPROBE_OPTIONS=-i")), "minix!- ");
  root.add_file("/etc/systemd/system.conf.d/a.conf",
                "[Manager]\nDefaultEnvironment=MODPROBE_OPTIONS=-i\n");
  EXPECT_EQ(requested(collected(root)), "minix!- ");
  root.add_file("/etc/systemd/system/service.d/a.conf",
                "[Service]\nUnsetEnvironment=MODPROBE_OPTIONS\n");
  EXPECT_EQ(requested(collected(root)), "minix! ");
}

TEST(BootUnits, AFileOfTheirEnvironmentThatCannotBeReadIsAGap) {
  MemoryRoot root = host_with_unit("EnvironmentFile=/etc/default/a\n");
  add_whole_installation(root);
  EXPECT_TRUE(collected(root).unseen.empty());
  FaultyRoot faulty(root);
  faulty.fail_on("/etc/default/a", ErrorKind::denied);
  ASSERT_EQ(collected(faulty).unseen.size(), 1U);
  EXPECT_EQ(collected(faulty).unseen[0].what, "/etc/systemd/system/a.service");
}

TEST(BootUnits, NamesThatAreMadeUpPastDeniesAreAGap) {
  MemoryRoot root = host_with_unit("ExecStartPost=/sbin/modprobe -i $MODULE\n");
  add_whole_installation(root);
  ASSERT_EQ(collected(root).unseen.size(), 1U);
  EXPECT_TRUE(collected(root).unseen[0].why.starts_with("line 3 may pass over"));
}

TEST(BootUnits, WhatCannotBeReadIsAGap) {
  MemoryRoot root;
  add_whole_installation(root);
  root.add_link("/sbin/init", "/lib/systemd/systemd");
  root.add_file("/etc/systemd/system/sysinit.target", "[Unit]\nWants=a.service\n");
  FaultyRoot faulty(root);
  faulty.fail_on("/etc/systemd/system/sysinit.target", ErrorKind::denied);
  const LoadConfig config = collected(faulty);
  ASSERT_EQ(config.unseen.size(), 1U);
  EXPECT_EQ(config.unseen[0].what, "/etc/systemd/system/sysinit.target");
}

TEST(FilesOutOfPlace, AreNoted) {
  MemoryRoot root;
  root.add_file("/etc/modprobe.d/local/deny.conf", "blacklist a\n");
  root.add_file("/etc/modprobe.d/local/README", "# nothing\n");
  root.add_file("/etc/modprobe.conf", "install b /bin/false\n");
  LoadConfig config;
  add_files_out_of_place(root, config);
  ASSERT_EQ(config.unread.size(), 2U);
  EXPECT_EQ(config.unread[0].path, "/etc/modprobe.d/local/deny.conf");
  EXPECT_EQ(config.unread[1].path, "/etc/modprobe.conf");
  EXPECT_TRUE(config.unseen.empty());
}

}  // namespace
}  // namespace kmodsec::test
