// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/busybox_conf.hpp"
#include "format/loading/modprobe_conf.hpp"
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

TEST(InstallProgramMissing, SaysThatItIsChance) {
  Facts facts = machine_with_lines("install udf /bin/false\r\ninstall dummy /bin/false\n");
  facts.load->programs = {{.word = "/bin/false\r", .state = ProgramState::missing}};
  expect_fail("CONF-022", facts, {"udf"});
  const std::string message = verdict_of("CONF-022", facts).findings.front().message;
  EXPECT_NE(message.find("by chance"), std::string::npos);
  EXPECT_NE(message.find("carriage return"), std::string::npos);
}

TEST(InstallProgramMissing, PassesWhereItIsThere) {
  Facts facts = machine_with_lines("install udf /usr/bin/x\n");
  facts.load->programs = {{.word = "/usr/bin/x", .state = ProgramState::present}};
  expect_pass("CONF-022", facts);
}

TEST(InstallProgramMissing, IsUnknownWhenUnseen) { expect_to_need_the_configuration("CONF-022"); }

}  // namespace
}  // namespace kmodsec::test
