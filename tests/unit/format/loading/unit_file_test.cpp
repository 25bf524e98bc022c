// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/unit_file.hpp"

#include <gtest/gtest.h>

namespace kmodsec::test {
namespace {

/// Names in order, with `!` past the blacklist, `-` past their install lines, `+` past modprobe.
std::string requested(std::string_view command, std::string_view instance = "",
                      std::string_view options = "") {
  std::string names;
  const UnitSetting setting{UnitEffect::runs, "ExecStart", std::string(command), 3};
  const LoadCommands found =
      load_commands_of(setting, instance, bounded_modprobe_options(options), "/x");
  for (const LoadRequest& request : found.requests) {
    EXPECT_EQ(request.line, 3U);
    names += request.name + (request.past_blacklist ? "!" : "") +
             (request.past_install ? "-" : "") + (request.past_modprobe ? "+" : "") + " ";
  }
  return names;
}

TEST(UnitFile, HasWhatStartsAndWhatRuns) {
  const auto settings = parse_unit_file(
      "[Unit]\n# Wants=a.service\nWants=b.service \\\n; x\n  c.service\nAfter=d.service\n"
      "[Service]\n ExecStart = /sbin/modprobe e\n[Install]\nWants=f.service\n[Timer]\nUnit=g\n");
  ASSERT_EQ(settings.size(), 3U);
  EXPECT_EQ(settings[0].value, "b.service  c.service");
  EXPECT_EQ(settings[0].line, 3U);
  EXPECT_EQ(settings[1].key, "ExecStart");
  EXPECT_EQ(settings[1].value, "/sbin/modprobe e");
  EXPECT_EQ(settings[1].line, 8U);
  EXPECT_EQ(settings[2].effect, UnitEffect::activates);
}

TEST(UnitFile, ACommandOfModprobeNamesModules) {
  EXPECT_EQ(requested("-/sbin/modprobe -abq %i", "loop"), "loop ");
  EXPECT_EQ(requested("@/usr/bin/modprobe modprobe -a a b-c"), "a! b-c! ");
  EXPECT_EQ(requested("modprobe dummy numdummies=2"), "dummy! ");
  EXPECT_EQ(requested("/sbin/modprobe --use-blacklist -a x y"), "x y ");
  EXPECT_EQ(requested("/bin/sh -c 'modprobe a; [ -e /x ] && modprobe -b b || true'"), "a! b ");
}

TEST(UnitFile, AnOptionPassesOverInstallLines) {
  EXPECT_EQ(requested("/sbin/modprobe --ignore-install minix"), "minix!- ");
  EXPECT_EQ(requested("/bin/sh -c 'modprobe -qai ufs'"), "ufs!- ");
  EXPECT_EQ(requested("/sbin/modprobe minix", "", "-q -i"), "minix!- ");
  EXPECT_EQ(requested("/sbin/modprobe -b minix", "", "--ignore-inst"), "minix- ");
  EXPECT_EQ(requested("/sbin/insmod /lib/modules/6.1/kernel/fs/u-fs.ko.xz debug=1"), "u_fs!+ ");
  EXPECT_EQ(requested("sh -c 'insmod /lib/modules/$(uname -r)/fs/ufs.ko'"), "ufs!+ ");
}

TEST(UnitFile, TellsWhatItsEnvironmentSays) {
  EXPECT_EQ(modprobe_options_of_setting("A=b \"MODPROBE_OPTIONS=-q -i\" C=d"), "-q -i");
  EXPECT_EQ(modprobe_options_of_setting("MODPROBE_OPTIONS=-q MODPROBE_OPTIONS=-i"), "-i");
  EXPECT_EQ(modprobe_options_of_setting("'MODPROBE_'OPTI\\x4fNS='-i'"), "-i");
  EXPECT_EQ(modprobe_options_of_setting("XMODPROBE_OPTIONS=-i"), std::nullopt);
  EXPECT_EQ(modprobe_options_of_file("# MODPROBE_OPTIONS=-b\nMODPROBE_OPTIONS='-C /x'\n"), "-C /x");
  EXPECT_EQ(modprobe_options_of_file("A=MODPROBE_OPTIONS\n"), std::nullopt);
  EXPECT_TRUE(unsets_modprobe_options("A MODPROBE_OPTIONS", "-i"));
  EXPECT_TRUE(unsets_modprobe_options("MODPROBE_OPTIONS=-i", "-i"));
  EXPECT_FALSE(unsets_modprobe_options("MODPROBE_OPTIONS=-q", "-i"));
}

TEST(UnitFile, AnInstanceDoesNotGrowWithoutEnd) {
  constexpr std::size_t longest = 1024UL * 1024;
  const std::string instance(200, 'i');
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "%i";
  EXPECT_LT(with_instance(text, instance).size(), longest + text.size() + instance.size());
  EXPECT_FALSE(is_unit(std::string(255, 'x') + ".service"));
  EXPECT_TRUE(is_unit("x@" + instance + ".service"));
}

TEST(UnitFile, WhatLoadsNothingIsNone) {
  for (const std::string_view command :
       {"/sbin/modprobe -r a", "modprobe -n a", "/sbin/modprobe --remove a", "modprobe -D a", "",
        "/bin/echo x", "modprobe $MODULE", "modprobe", "/bin/sh -c \"rmmod a\""})
    EXPECT_EQ(requested(command), "") << command;
}

}  // namespace
}  // namespace kmodsec::test
