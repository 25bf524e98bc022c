// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/install_command.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(InstallCommand, KnowsTheProgramsThatDoNothing) {
  for (const std::string_view command : {"/bin/false", "/usr/bin/false", "false", "exit 1",
                                         "/bin/false # CIS 1.1.1.1", "/bin/false \t"})
    EXPECT_EQ(effect_of_command(command), CommandEffect::fails) << command;
  for (const std::string_view command : {"/bin/true", "true", ":", "exit 0", "/usr/bin/true x"})
    EXPECT_EQ(effect_of_command(command), CommandEffect::pretends) << command;
}

TEST(InstallCommand, GuessesNothingOfTheRest) {
  for (const std::string_view command :
       {"", "/sbin/modprobe -i x", "/bin/false; insmod x", "/bin/true && modprobe -i x", "`cat /x`",
        "/tmp/false", "exit", "# nothing", "/bin/false\\;x"})
    EXPECT_EQ(effect_of_command(command), CommandEffect::unknown) << command;
}

}  // namespace
}  // namespace kmodsec
