// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "format/loading/modules_load.hpp"

namespace kmodsec::test {
namespace {

std::string requested(const LoadConfig& config) {
  std::string names;
  for (const LoadRequest& request : config.at_boot) names += request.name + " ";
  return names;
}

TEST(ModuleLines, TheFirstWordIsTheModule) {
  EXPECT_EQ(requested(parse_module_lines("# a\n\n loop max_loop=8\r\n;b\nusb-storage #c\n", "/x")),
            "loop usb-storage ");
}

TEST(OpenrcModules, AreShell) {
  const LoadConfig config = parse_openrc_modules(
      "# modules=\"a\"\nmodules=\"b c:x\n  d\" # e\nmodules_5_10='f'\nmodule_b_args=\"g=1\"\n"
      "modules=\"${modules} h\"\n",
      "/x");
  EXPECT_EQ(requested(config), "b c d f h ");
  EXPECT_EQ(config.at_boot[2].line, 3U);
}

TEST(ScriptLoadParameters, TheLastCountsAsItIs) {
  EXPECT_EQ(requested(parse_script_load_parameters(
                "modules_load=a ro modules-load=b,\"c rd.modules_load=d\nmodules_load=e", "/x")),
            "b \"c ");
}

}  // namespace
}  // namespace kmodsec::test
