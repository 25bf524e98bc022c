// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/module_loader.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

using namespace std::string_literals;

const std::string kmod = "\177ELF\0kmod version 30\0"s;
const std::string busybox = "\177ELF\0modprobe\0BusyBox v1.36.1\0/etc/modprobe.d\0blacklist\0"s;

MemoryRoot machine(const std::string& path) {
  MemoryRoot root;
  root.add_file("/proc/sys/kernel/modprobe", path + "\n");
  root.add_file("/sbin/init", "");
  return root;
}

TEST(ModuleLoader, FollowsTheLinksOfTheSetting) {
  MemoryRoot root = machine("/sbin/modprobe");
  root.add_link("/sbin/modprobe", "../bin/kmod");
  root.add_file("/bin/kmod", kmod, 0755);
  root.add_file("/usr/lib/x86_64-linux-gnu/libkmod.so.2.5.1", "");
  root.add_link("/usr/lib/x86_64-linux-gnu/libkmod.so.2", "libkmod.so.2.5.1");
  const ModuleLoader loader = collect_module_loader(root, {});
  EXPECT_EQ(loader.kind, LoaderKind::kmod);
  EXPECT_EQ(loader.program, "/bin/kmod");
  EXPECT_EQ(loader.version, 30U) << "the program's own text comes first";
  EXPECT_EQ(loader.version_from, "/bin/kmod");
  EXPECT_EQ(loader.path_from, "/proc/sys/kernel/modprobe");
  EXPECT_TRUE(loader.libkmod);
  EXPECT_TRUE(loader.assumed.empty());
}

TEST(ModuleLoader, TakesTheVersionOfTheLibraryOrThePackage) {
  MemoryRoot root = machine("/sbin/modprobe");
  root.add_file("/sbin/modprobe", "", 0755);
  root.add_link("/usr/lib64/libkmod.so.2", "libkmod.so.2.5.0");
  EXPECT_EQ(collect_module_loader(root, {}).version, 33U);
  EXPECT_FALSE(collect_module_loader(root, {}).assumed.empty()) << "nobody read the program";
  MemoryRoot debian = machine("/sbin/modprobe");
  debian.add_file("/sbin/modprobe", "", 0755);
  debian.add_file("/var/lib/dpkg/status",
                  "Package: a\nVersion: 9\n\nPackage: kmod\nStatus: x\nVersion: 31+2024-1\n\n");
  EXPECT_EQ(collect_module_loader(debian, {}).version, 31U);
  EXPECT_EQ(collect_module_loader(debian, {}).version_from, "/var/lib/dpkg/status");
}

TEST(ModuleLoader, TellsBusyboxFromAScript) {
  MemoryRoot root = machine("/sbin/modprobe");
  root.add_link("/sbin/modprobe", "/bin/busybox");
  root.add_file("/bin/busybox", busybox, 0755);
  EXPECT_EQ(collect_module_loader(root, {}).kind, LoaderKind::busybox);
  root.add_file("/usr/local/bin/load", "#!/bin/sh\nexec /sbin/modprobe\n", 0755);
  root.add_file("/proc/sys/kernel/modprobe", "/usr/local/bin/load\n");
  EXPECT_EQ(collect_module_loader(root, {}).kind, LoaderKind::other);
}

TEST(ModuleLoader, WhatIsNotThereIsMissingWhereItsFolderIs) {
  EXPECT_EQ(collect_module_loader(machine("/sbin/modprobe"), {}).kind, LoaderKind::missing);
  const ModuleLoader unseen = collect_module_loader(MemoryRoot(), {});
  EXPECT_EQ(unseen.kind, LoaderKind::kmod);
  EXPECT_FALSE(unseen.assumed.empty());
  EXPECT_EQ(unseen.path, "/sbin/modprobe");
  EXPECT_EQ(collect_module_loader(machine("/opt/x"), {}).kind, LoaderKind::other);
}

std::vector<std::string> paths_of(const std::vector<Ownership>& owners) {
  std::vector<std::string> paths;
  for (const Ownership& owner : owners) paths.push_back(owner.path);
  return paths;
}

TEST(ModuleLoader, WhoMayCreateOneThatIsMissing) {
  MemoryRoot root = machine("/tmp/mp");
  root.add_folder("/tmp", 01777);
  const ModuleLoader loader = collect_module_loader(root, {});
  EXPECT_EQ(loader.kind, LoaderKind::missing);
  ASSERT_EQ(paths_of(loader.owners), (std::vector<std::string>{"/", "/tmp"}));
  EXPECT_TRUE(others_may_write(loader.owners.back()));
  EXPECT_EQ(paths_of(owners_of_loader(root, "/tmp/a/mp")), (std::vector<std::string>{"/", "/tmp"}));
  EXPECT_TRUE(owners_of_loader(root, "").empty());
}

TEST(ModuleLoader, SomePathsLoadNothing) {
  for (const std::string path : {"", "/dev/null", "/bin/true"})
    EXPECT_EQ(collect_module_loader(machine(path), {}).kind, LoaderKind::none) << path;
  MemoryRoot root = machine("/sbin/modprobe");
  root.add_file("/sbin/modprobe", kmod, 0644);
  EXPECT_EQ(collect_module_loader(root, {}).kind, LoaderKind::none) << "it may not be run";
}

TEST(ModuleLoader, KnowsThePathThatTheKernelWasBuiltWith) {
  MemoryRoot root;
  root.add_file("/usr/bin/modprobe", kmod, 0755);
  const ModuleLoader loader = collect_module_loader(root, "/usr/bin/modprobe");
  EXPECT_EQ(loader.path, "/usr/bin/modprobe");
  EXPECT_EQ(loader.path_from, "CONFIG_MODPROBE_PATH");
  EXPECT_EQ(loader.version, 30U);
}

TEST(ModuleLoader, AStoreIsNormalOnItsOwnHosts) {
  const std::string path = "/nix/store/abc-kmod-31/bin/modprobe";
  MemoryRoot root = machine(path);
  root.add_file(path, kmod, 0755);
  EXPECT_FALSE(collect_module_loader(root, {}).of_store);
  root.add_file("/etc/NIXOS", "");
  EXPECT_TRUE(collect_module_loader(root, {}).of_store);
  const std::string wrapper = "/gnu/store/abc-modprobe";
  MemoryRoot guix = machine(wrapper);
  guix.add_file(wrapper,
                "#!/gnu/store/g/bin/guile\n(execl \"/run/current-system/profile/bin/modprobe\")",
                0755);
  guix.add_file("/etc/guix/acl", "");
  EXPECT_EQ(collect_module_loader(guix, {}).kind, LoaderKind::kmod);
  EXPECT_FALSE(collect_module_loader(guix, {}).assumed.empty());
}

}  // namespace
}  // namespace kmodsec::test
