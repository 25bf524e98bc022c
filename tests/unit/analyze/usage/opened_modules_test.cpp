// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/opened_modules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "format/loading/modprobe_conf.hpp"
#include "support/usage_builder.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;

/// The second kernel leads from b to c, and the first from c to d.
Facts host_with_needs() {
  return host_with(
      {kernel_with(
           "6.1",
           {{"a", "a.ko", {"b"}}, {"b", "b.ko", {}}, {"c", "c.ko", {"d"}}, {"d", "d.ko", {}}}, {}),
       kernel_with("6.2", {{"b", "b.ko", {"c"}}, {"c", "c.ko", {}}}, {})});
}

TEST(OpenedModules, BringAlongWhatTheyNeedInAnyKernel) {
  EXPECT_THAT(with_needs(host_with_needs(), {"a"}), ElementsAre("a", "b", "c", "d"));
}

TEST(OpenedModules, BringAlongWhatAnInstallLineLoads) {
  Facts facts = host_with_needs();
  facts.load = parse_modprobe_conf("install d modprobe --ignore-install d && modprobe a\n",
                                   "/etc/modprobe.d/x.conf");
  EXPECT_THAT(with_needs(facts, {"d"}), ElementsAre("a", "b", "c", "d"));
}

TEST(OpenedModules, AreAloneWhereTheConfigurationWasNotSeen) {
  Facts facts = host_with_needs();
  facts.load = failure(ErrorKind::denied, "/etc/modprobe.d", "not for this user");
  EXPECT_THAT(with_needs(facts, {"a"}), ElementsAre("a"));
}

}  // namespace
}  // namespace kmodsec::test
