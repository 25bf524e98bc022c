// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/boot_scripts.hpp"

#include <gmock/gmock.h>

#include "collect/loading/loader_settings.hpp"
#include "collect/loading/module_loader.hpp"
#include "support/faulty_root.hpp"
#include "support/memory_root.hpp"
#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

LoadConfig scripts_of(const Root& root) {
  LoadConfig config;
  add_boot_scripts(root, config);
  return config;
}

/// "PATH:LINE NAME", `-` behind what passes over an install line, `+` past modprobe.
std::vector<std::string> loaded_by_scripts(const Root& root) {
  std::vector<std::string> found;
  for (const LoadRequest& request : scripts_of(root).at_boot)
    found.push_back(request.source + ":" + std::to_string(request.line) + " " + request.name +
                    (request.past_install ? "-" : "") + (request.past_modprobe ? "+" : ""));
  return found;
}

TEST(BootScripts, AreScriptsOfTheBootIfTheyMayRun) {
  MemoryRoot root;
  root.add_file("/etc/rc.local", "#!/bin/sh\ninsmod /srv/minix.ko\n", 0644);
  EXPECT_THAT(loaded_by_scripts(root), IsEmpty());
  root.add_file("/etc/rc.local", "#!/bin/sh\ninsmod /srv/minix.ko\nmodprobe ufs\n", 0755);
  EXPECT_THAT(loaded_by_scripts(root),
              ElementsAre("/etc/rc.local:2 minix+", "/etc/rc.local:3 ufs"));
  EXPECT_EQ(scripts_of(root).at_boot[0].by, "a script of the boot");
}

TEST(BootScripts, AreJobsOfCron) {
  MemoryRoot root;
  root.add_file("/etc/cron.d/a", "MODPROBE_OPTIONS=-i\n@reboot root /sbin/modprobe minix\n");
  root.add_file("/var/spool/cron/crontabs/root", "*/5 * * * * modprobe -ai ufs >/dev/null 2>&1\n");
  EXPECT_THAT(loaded_by_scripts(root),
              ElementsAre("/var/spool/cron/crontabs/root:1 ufs-", "/etc/cron.d/a:2 minix-"));
}

TEST(BootScripts, AreWhatCronRunsFromItsFolders) {
  MemoryRoot root;
  root.add_file("/etc/cron.daily/a", "#!/bin/sh\nmodprobe -i minix\n", 0755);
  root.add_file("/etc/cron.daily/.placeholder", "modprobe -i sctp\n", 0644);
  root.add_file("/etc/periodic/15min/b", "#!/bin/sh\ninsmod /srv/ufs.ko\n", 0755);
  EXPECT_THAT(loaded_by_scripts(root),
              ElementsAre("/etc/cron.daily/a:2 minix-", "/etc/periodic/15min/b:2 ufs+"));
  EXPECT_EQ(scripts_of(root).at_boot[0].by, "a job of cron");
}

TEST(BootScripts, OnesPastTheLimitAreAGap) {
  MemoryRoot root;
  add_whole_installation(root);
  for (int i = 0; i < 4097; ++i)
    root.add_file("/etc/initramfs-tools/hooks/" + std::to_string(i), "modprobe -i minix\n");
  const LoadConfig config = scripts_of(root);
  EXPECT_EQ(config.at_boot.size(), 4096U);
  ASSERT_EQ(config.unseen.size(), 1U);
  EXPECT_EQ(config.unseen[0].what, "/etc/initramfs-tools/hooks");
}

TEST(BootScripts, AreRulesOfUdev) {
  MemoryRoot root;
  root.add_file("/usr/lib/udev/rules.d/80-drivers.rules",
                "RUN{builtin}+=\"kmod load tifm_sd\"\nRUN+=\"modprobe -i minix\"\n");
  EXPECT_THAT(loaded_by_scripts(root),
              ElementsAre("/usr/lib/udev/rules.d/80-drivers.rules:2 minix-"));
  root.add_link("/etc/udev/rules.d/80-drivers.rules", "/dev/null");
  root.add_file("/etc/udev/rules.d/90-own.rules", "RUN{builtin}+=\"kmod load ufs\"\n");
  EXPECT_THAT(loaded_by_scripts(root), ElementsAre("/etc/udev/rules.d/90-own.rules:1 ufs"));
}

TEST(BootScripts, OfAnInitramfsCountWhereTheyPassOverDenies) {
  MemoryRoot root;
  root.add_file("/etc/initramfs-tools/scripts/init-premount/a",
                "modprobe ufs\nmodprobe -i minix\n");
  root.add_file("/usr/share/initramfs-tools/scripts/functions", "insmod \"$1\"\n");
  const LoadConfig config = scripts_of(root);
  EXPECT_THAT(loaded_by_scripts(root),
              ElementsAre("/etc/initramfs-tools/scripts/init-premount/a:2 minix-"));
  EXPECT_TRUE(config.unseen.empty());
  root.add_file("/etc/initramfs-tools/hooks/b", "insmod \"$1\"\n");
  ASSERT_EQ(scripts_of(root).unseen.size(), 1U);
  EXPECT_EQ(scripts_of(root).unseen[0].what, "/etc/initramfs-tools/hooks/b");
}

TEST(BootScripts, WhatCannotBeReadIsAGap) {
  MemoryRoot root;
  add_whole_installation(root);
  root.add_file("/etc/rc.local", "", 0755);
  root.add_file("/etc/udev/rules.d/a.rules", "");
  for (const std::string path : {"/etc/rc.local", "/etc/udev/rules.d/a.rules", "/etc/cron.d"}) {
    FaultyRoot faulty(root);
    faulty.fail_on(path, ErrorKind::denied);
    ASSERT_EQ(scripts_of(faulty).unseen.size(), 1U) << path;
    EXPECT_EQ(scripts_of(faulty).unseen[0].what, path);
  }
}

TEST(LoaderSettings, AreReadInTheirOrder) {
  MemoryRoot root;
  root.add_file("/etc/sysctl.d/90-a.conf", "kernel.modprobe=/tmp/x\n");
  root.add_file("/usr/lib/sysctl.d/10-b.conf", "kernel.modprobe=/sbin/modprobe\n");
  LoadConfig config;
  add_loader_settings(root, "sysctl.kernel.modprobe=/c", config);
  ASSERT_EQ(config.loader_settings.size(), 3U);
  EXPECT_EQ(config.loader_settings[0].source, "/proc/cmdline");
  EXPECT_EQ(config.loader_settings[2].path, "/tmp/x");
  EXPECT_EQ(config.loader_settings[2].source, "/etc/sysctl.d/90-a.conf");
}

TEST(LoaderSettings, OfAPatternGiveWayToThoseThatNameIt) {
  MemoryRoot root;
  root.add_file("/etc/sysctl.d/10-a.conf", "kernel.modprobe=/tmp/x\n");
  root.add_file("/etc/sysctl.d/20-b.conf", "kernel.modprob*=/sbin/modprobe\n");
  LoadConfig config;
  add_loader_settings(root, "", config);
  ASSERT_EQ(config.loader_settings.size(), 2U);
  EXPECT_EQ(config.loader_settings.back().path, "/tmp/x");
}

TEST(LoaderSettings, DecideWhereNoKernelRuns) {
  MemoryRoot root;
  root.add_file("/tmp/x", "#!/bin/sh\n", 0755);
  root.add_file("/sbin/modprobe", "");
  const std::vector<LoaderSetting> settings = {{"/tmp/x", "/etc/sysctl.d/a.conf", 1}};
  const ModuleLoader loader = collect_module_loader(root, {}, settings);
  EXPECT_EQ(loader.path, "/tmp/x");
  EXPECT_EQ(loader.path_from, "/etc/sysctl.d/a.conf");
  EXPECT_EQ(loader.kind, LoaderKind::other);
  root.add_file("/proc/sys/kernel/modprobe", "/sbin/modprobe\n");
  EXPECT_EQ(collect_module_loader(root, {}, settings).path, "/sbin/modprobe");
}

}  // namespace
}  // namespace kmodsec::test
