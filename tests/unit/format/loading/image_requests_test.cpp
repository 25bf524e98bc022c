// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/image_requests.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kmodsec::test {
namespace {

using Names = std::vector<std::string>;

Names requested_by_image(const LoadConfig& config) {
  Names names;
  for (const LoadRequest& request : config.at_boot) names.push_back(request.name);
  return names;
}

Names blacklisted(const LoadConfig& config) {
  Names names;
  for (const ConfigLine& line : config.lines) {
    EXPECT_EQ(line.directive, Directive::blacklist);
    names.push_back(line.name);
  }
  return names;
}

TEST(ConfModules, HaveAModuleAndItsOptionsInEachLine) {
  const LoadConfig config = parse_conf_modules("# all\n\n loop max_loop=8\nusb-storage", "/x");
  EXPECT_EQ(requested_by_image(config), (Names{"loop", "usb-storage"}));
  EXPECT_EQ(config.at_boot[0].line, 3U);
  EXPECT_EQ(config.at_boot[0].source, "/x");
  EXPECT_TRUE(config.at_boot[0].past_blacklist);
}

TEST(DracutParameters, LoadAndBlacklist) {
  const LoadConfig config = parse_dracut_parameters(
      "quiet rd.driver.pre=a,b\nrd.driver.post=\"c d\" rd.driver.blacklist=e-f,g rd.driver.export\n"
      "rdloaddriver=h rdblacklist=i modprobe.blacklist=j rd.driver.pre",
      "/x");
  EXPECT_EQ(requested_by_image(config), (Names{"a", "b", "c", "d", "h"}));
  EXPECT_EQ(config.at_boot[2].line, 2U);
  EXPECT_TRUE(config.at_boot[2].past_blacklist);
  EXPECT_EQ(blacklisted(config), (Names{"c", "d", "e_f", "g", "i"}));
  EXPECT_EQ(config.lines[2].text, "rd.driver.blacklist=e-f,g");
  EXPECT_EQ(config.lines[2].line, 2U);
}

TEST(DracutParameters, AreNamedExactly) {
  EXPECT_EQ(requested_by_image(parse_dracut_parameters("rd-driver.pre=a rd.driver_pre=b", "/x")),
            Names{});
  EXPECT_EQ(requested_by_image(parse_dracut_parameters("-- rd.driver.pre=a,\"b\"", "/x")),
            (Names{"a", "\"b\""}));
}

TEST(InitramfsToolsParameters, TheLastBlacklistCounts) {
  const LoadConfig config =
      parse_initramfs_tools_parameters("blacklist=a blacklist=usb-storage,\"b\" ro\n", "/x");
  EXPECT_EQ(blacklisted(config), (Names{"usb_storage", "\"b\""}));
  EXPECT_EQ(requested_by_image(config), Names{});
  EXPECT_EQ(requested_by_image(parse_initramfs_tools_parameters(
                "netconsole=@/,@1.2.3.4/ boot=nfs all_generic_ide ubi.mtd= netconsole=", "/x")),
            (Names{"netconsole", "ata_generic", "af_packet"}));
}

TEST(InitramfsToolsParameters, InitMayHaveModprobeApplyTheBlacklist) {
  EXPECT_TRUE(init_applies_blacklist("#!/bin/sh\nexport MODPROBE_OPTIONS=\"-qb\"\n"));
  EXPECT_TRUE(init_applies_blacklist("export MODPROBE_OPTIONS='-q --use-blacklist'"));
  EXPECT_FALSE(init_applies_blacklist("export MODPROBE_OPTIONS=-q\n"));
  EXPECT_FALSE(init_applies_blacklist("# export MODPROBE_OPTIONS=-qb\n"));
}

TEST(MkinitcpioParameters, TheLastEarlymodulesCount) {
  const auto asked = [](std::string_view text) {
    return requested_by_image(parse_mkinitcpio_parameters(text, "/x"));
  };
  EXPECT_EQ(asked("earlymodules=a earlymodules=b,c-d ro"), (Names{"b", "c-d"}));
  EXPECT_EQ(asked("earlymodules=\"a b\" earlymodule=x"), (Names{"a", "b"}));
  EXPECT_EQ(asked("earlymodules=a\"b c\""), Names{"a\"b"});
  EXPECT_EQ(asked("earlymodules='a b"), (Names{"'a", "b"}));
  EXPECT_EQ(asked("#comment earlymodules=a"), Names{});
  EXPECT_EQ(asked("quiet\nearlymodules=a"), Names{});
  EXPECT_FALSE(parse_mkinitcpio_parameters("earlymodules=a", "/x").at_boot[0].past_blacklist);
}

TEST(MkinitfsParameters, TheLastModulesCount) {
  const LoadConfig config = parse_mkinitfs_parameters(
      "modules=x modules=sd-mod,usb-storage,ext4 quiet blacklist=nbd,a-b dasd=1", "/x");
  EXPECT_EQ(requested_by_image(config),
            (Names{"sd-mod", "usb-storage", "ext4", "dasd_mod", "dasd_eckd_mod", "dasd_fba_mod",
                   "loop", "squashfs", "simpledrm"}));
  EXPECT_TRUE(config.at_boot[0].past_blacklist);
  EXPECT_EQ(blacklisted(config), (Names{"nbd", "a_b"}));
  EXPECT_EQ(requested_by_image(parse_mkinitfs_modules("# a\naf_packet x=1 # b\n", "/x")),
            Names{"af_packet"});
}

TEST(MkinitcpioConfig, ListsModules) {
  const LoadConfig config =
      parse_mkinitcpio_config("EARLYHOOKS=\"udev\"\nMODULES=\"btrfs  i915\"\nHOOKS=\"x\"\n", "/x");
  EXPECT_EQ(requested_by_image(config), (Names{"btrfs", "i915"}));
  EXPECT_EQ(config.at_boot[0].line, 2U);
  EXPECT_FALSE(config.at_boot[0].past_blacklist);
  EXPECT_EQ(requested_by_image(parse_mkinitcpio_config("MODULES=''\n#MODULES=a\n", "/x")), Names{});
  EXPECT_EQ(requested_by_image(parse_mkinitcpio_config("MODULES=a\nMODULES=b", "/x")), Names{"b"});
}

}  // namespace
}  // namespace kmodsec::test
