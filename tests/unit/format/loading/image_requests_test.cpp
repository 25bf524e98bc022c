// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/image_requests.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kmodsec::test {
namespace {

using Names = std::vector<std::string>;

Names requested(const LoadConfig& config) {
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
  EXPECT_EQ(requested(config), (Names{"loop", "usb-storage"}));
  EXPECT_EQ(config.at_boot[0].line, 3U);
  EXPECT_EQ(config.at_boot[0].source, "/x");
  EXPECT_TRUE(config.at_boot[0].past_blacklist);
}

TEST(DracutParameters, LoadAndBlacklist) {
  const LoadConfig config = parse_dracut_parameters(
      "quiet rd.driver.pre=a,b\nrd.driver.post=\"c d\" rd.driver.blacklist=e-f,g rd.driver.export\n"
      "rdloaddriver=h rdblacklist=i modprobe.blacklist=j rd.driver.pre",
      "/x");
  EXPECT_EQ(requested(config), (Names{"a", "b", "c", "d", "h"}));
  EXPECT_EQ(config.at_boot[2].line, 2U);
  EXPECT_TRUE(config.at_boot[2].past_blacklist);
  EXPECT_EQ(blacklisted(config), (Names{"e_f", "g", "i"}));
  EXPECT_EQ(config.lines[0].text, "rd.driver.blacklist=e-f,g");
  EXPECT_EQ(config.lines[0].line, 2U);
}

TEST(MkinitcpioConfig, ListsModules) {
  const LoadConfig config =
      parse_mkinitcpio_config("EARLYHOOKS=\"udev\"\nMODULES=\"btrfs  i915\"\nHOOKS=\"x\"\n", "/x");
  EXPECT_EQ(requested(config), (Names{"btrfs", "i915"}));
  EXPECT_EQ(config.at_boot[0].line, 2U);
  EXPECT_FALSE(config.at_boot[0].past_blacklist);
  EXPECT_EQ(requested(parse_mkinitcpio_config("MODULES=''\n#MODULES=a\n", "/x")), Names{});
  EXPECT_EQ(requested(parse_mkinitcpio_config("MODULES=a\nMODULES=b", "/x")), Names{"b"});
}

}  // namespace
}  // namespace kmodsec::test
