// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/loader_program.hpp"

#include <gtest/gtest.h>

#include <string>

namespace kmodsec {
namespace {

using namespace std::string_literals;

TEST(LoaderProgram, TellsKmodAndItsVersion) {
  const LoaderProgram kmod = read_loader_program("\177ELF\0\0kmod version 31\0"s);
  EXPECT_EQ(kmod.kind, LoaderKind::kmod);
  EXPECT_EQ(kmod.version, 31U);
  EXPECT_EQ(read_loader_program("\177ELF..libkmod.so.2\0"s).kind, LoaderKind::kmod);
}

TEST(LoaderProgram, TellsTheTwoOfBusybox) {
  const LoaderProgram full = read_loader_program(
      "\177ELF\0modprobe\0BusyBox v1.36.1 (2024)\0/etc/modprobe.d\0blacklist\0"s);
  EXPECT_EQ(full.kind, LoaderKind::busybox);
  EXPECT_TRUE(full.knows_blacklist);
  EXPECT_FALSE(
      read_loader_program("\177ELF\0BusyBox v1.36.1 (2024)\0/etc/modprobe.d\0"s).knows_blacklist);
  EXPECT_EQ(read_loader_program("\177ELF\0modprobe\0BusyBox v1.36.1\0modules.dep.bb\0"s).kind,
            LoaderKind::busybox_small);
  EXPECT_EQ(read_loader_program("\177ELF\0cat\0BusyBox v1.36.1\0"s).kind, LoaderKind::missing);
}

TEST(LoaderProgram, TakesNothingElseForOne) {
  for (const std::string& bytes : {"\177ELF toybox 0.8"s, "kmod version 30"s, "#!/bin/sh\n"s, ""s})
    EXPECT_EQ(read_loader_program(bytes).kind, LoaderKind::other) << bytes;
  EXPECT_EQ(
      read_loader_program("#!/gnu/store/g/bin/guile\n(execl \"/run/p/bin/modprobe\" x)\n").wraps,
      "/run/p/bin/modprobe");
}

TEST(LoaderProgram, ALibraryNameTellsItsRelease) {
  EXPECT_EQ(kmod_of_library("libkmod.so.2.4.0"), 30U);
  EXPECT_EQ(kmod_of_library("libkmod.so.2.5.1"), 34U);
  EXPECT_EQ(kmod_of_library("libkmod.so.2.3.3"), 25U);
  EXPECT_EQ(kmod_of_library("libkmod.so.2.9.9"), 0U);
  EXPECT_EQ(kmod_of_library("libkmod.so.2"), 0U);
}

}  // namespace
}  // namespace kmodsec
