// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/successors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyze/usage/keep_set.hpp"
#include "support/usage_builder.hpp"

namespace kmodsec::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

ModuleTree old_kernel() {
  return kernel_with("6.1", {{"e1000", "kernel/e1000.ko", {}}}, {{"pci:v00008086d*", "e1000"}});
}

ModuleTree next_kernel() {
  return kernel_with(
      "6.12", {{"e1000_new", "kernel/e1000_new.ko", {"core"}}, {"core", "kernel/core.ko", {}}},
      {{"pci:v00008086d*", "e1000_new"}});
}

UsageRecord record_with_e1000() {
  return {.machine = "m",
          .boots = {{"boot-1", "6.1", 1, 2}},
          .modules = {{.module = "e1000", .first_seen = 1, .last_seen = 2, .boots = 1}}};
}

TEST(Successors, StayKeptWhenTheOldKernelIsGone) {
  const UsageRecord record =
      with_successors(record_with_e1000(), host_with({old_kernel(), next_kernel()}));
  ASSERT_EQ(record.modules.size(), 2U);
  EXPECT_EQ(record.modules[1].module, "e1000_new");
  EXPECT_EQ(record.modules[1].boots, 0U);
  EXPECT_EQ(record.modules[1].imported_from, "the aliases of e1000 in another kernel");
  const Facts later = host_with({next_kernel()});
  const auto kept = [&](const UsageRecord& used) {
    return kept_names(keep_set(later, std::span(&used, 1), {}));
  };
  EXPECT_THAT(kept(record), ElementsAre("core", "e1000_new"));
  EXPECT_THAT(kept(record_with_e1000()), Not(Contains("e1000_new")));
}

TEST(Successors, AreLookedForOnceInABoot) {
  Facts facts = host_with({old_kernel(), next_kernel()});
  facts.host.boot_id = "boot-2";
  EXPECT_TRUE(may_have_successors(record_with_e1000(), facts));
  EXPECT_FALSE(may_have_successors({}, facts));
  facts.host.boot_id = "boot-1";
  EXPECT_FALSE(may_have_successors(record_with_e1000(), facts));
  facts.host.boot_id = "boot-2";
  facts.installed = std::vector<std::string>{"6.1"};
  EXPECT_FALSE(may_have_successors(record_with_e1000(), facts));
}

}  // namespace
}  // namespace kmodsec::test
