// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/udev_rules.hpp"

#include <gmock/gmock.h>

#include "format/loading/sysctl_conf.hpp"

namespace kmodsec::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// "2:ufs-": the line, `!` past the blacklist, `-` past install lines.
std::vector<std::string> asked_by_rules(std::string_view text) {
  std::vector<std::string> names;
  for (const UdevCommand& command : parse_udev_rules(text)) {
    for (const LoadRequest& request : load_commands_of(command, "/x").requests)
      names.push_back(std::to_string(request.line) + ":" + request.name +
                      (request.past_blacklist ? "!" : "") + (request.past_install ? "-" : ""));
  }
  return names;
}

TEST(UdevRules, RunPrograms) {
  EXPECT_THAT(
      asked_by_rules("# RUN+=\"modprobe a\"\nACTION==\"add\", RUN+=\"/sbin/modprobe -i b\"\n"),
      ElementsAre("2:b!-"));
  EXPECT_THAT(asked_by_rules("KERNEL==\"x\", \\\n # c\n  RUN{program}:=\"sh -c 'modprobe a'\"\n"),
              ElementsAre("1:a!"));
  EXPECT_THAT(asked_by_rules("PROGRAM==\"/sbin/modprobe a\", IMPORT{program}=\"modprobe b\"\n"),
              ElementsAre("1:a!", "1:b!"));
  EXPECT_THAT(asked_by_rules("RUN-=\"modprobe a\", IMPORT{file}=\"modprobe b\"\n"), IsEmpty());
}

TEST(UdevRules, HaveAKmodOfTheirOwn) {
  EXPECT_THAT(asked_by_rules("RUN{builtin}+=\"kmod load a b-c $env{MODALIAS}\"\n"),
              ElementsAre("1:a", "1:b-c"));
  EXPECT_THAT(asked_by_rules("RUN{builtin}+=\"kmod load\"\nRUN{builtin}+=\"hwdb a b\"\n"),
              IsEmpty());
}

TEST(UdevRules, SetTheEnvironmentOfTheirPrograms) {
  EXPECT_THAT(
      asked_by_rules("RUN+=\"modprobe a\", ENV{MODPROBE_OPTIONS}=\"-i\"\nRUN+=\"modprobe b\"\n"),
      ElementsAre("1:a!-", "2:b!"));
  EXPECT_THAT(asked_by_rules("ENV{MODPROBE_OPTIONS}==\"-i\", RUN+=\"modprobe a\"\n"),
              ElementsAre("1:a!"));
}

TEST(UdevRules, WhatIsBrokenRunsNothing) {
  for (const std::string_view rule :
       {"RUN+=\"modprobe a", "RUN", "RUN{x", "RUN+=modprobe a", "{RUN}+=\"modprobe a\"", "\\"})
    EXPECT_THAT(asked_by_rules(rule), IsEmpty()) << rule;
}

TEST(SysctlConf, SetsTheLoader) {
  const auto set = [](std::string_view text) {
    std::vector<std::string> found;
    for (const LoaderSetting& setting : parse_loader_settings(text, "/x"))
      found.push_back(std::to_string(setting.line) + ":" + setting.path);
    return found;
  };
  EXPECT_THAT(set("# kernel.modprobe=/a\nkernel.modprobe = /b c \n-kernel/modprobe=\n"),
              ElementsAre("2:/b c", "3:"));
  EXPECT_THAT(set("kernel.mod*=/a\nkernel.modprob?=/b\n*=/c\n"),
              ElementsAre("1:/a", "2:/b", "3:/c"));
  EXPECT_THAT(set("kernel.modprobe\nkernel.modprobe_x=/a\nnet.*=1\nkernel.m*x=1\n"), IsEmpty());
  const auto of_kernel = loader_settings_of_kernel(
      "quiet sysctl.kernel.modprobe=/a sysctl.kernel/modprobe=/b -- sysctl.kernel.modprobe=/c",
      "/proc/cmdline");
  ASSERT_EQ(of_kernel.size(), 2U);
  EXPECT_EQ(of_kernel[1].path, "/b");
}

}  // namespace
}  // namespace kmodsec::test
