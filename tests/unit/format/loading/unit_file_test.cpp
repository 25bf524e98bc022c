// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/unit_file.hpp"

#include <gtest/gtest.h>

namespace kmodsec::test {
namespace {

std::string requested(std::string_view command, std::string_view instance = "") {
  std::string names;
  const UnitSetting setting{UnitEffect::runs, "ExecStart", std::string(command), 3};
  for (const LoadRequest& request : modprobe_requests(setting, instance, "/x"))
    names += request.name + (request.past_blacklist ? "! " : " ");
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

TEST(UnitFile, WhatLoadsNothingIsNone) {
  for (const std::string_view command :
       {"/sbin/modprobe -r a", "modprobe -n a", "/sbin/modprobe --remove a", "modprobe -D a", "",
        "/bin/echo x", "modprobe $MODULE", "modprobe", "/bin/sh -c \"rmmod a\""})
    EXPECT_EQ(requested(command), "") << command;
}

}  // namespace
}  // namespace kmodsec::test
