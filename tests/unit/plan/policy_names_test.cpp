// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "plan/plan.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

std::string complaint(const Facts& facts) {
  const auto known = names_are_known(facts, {"rare"});
  return known ? "" : known.error().subject + ": " + known.error().reason;
}

Facts machine_that_denies(const std::string& module) {
  Facts facts = machine_with_lines("");
  facts.policy->deny.modules = {module};
  return facts;
}

TEST(PolicyNames, AreThoseOfAKernelOrAProfile) {
  for (const char* module : {"dummy", "ext4", "rare"})
    EXPECT_EQ(complaint(machine_that_denies(module)), "");
}

TEST(PolicyNames, AMistakeHasAHintAndItsKey) {
  EXPECT_EQ(
      complaint(machine_that_denies("dumy")),
      "dumy: no installed kernel has such a module, and deny.modules of the policy would name it; "
      "did you mean dummy?");
}

TEST(PolicyNames, AreListedForTheirFilesToBeLookedFor) {
  Policy policy;
  policy.deny.modules = {"dummy", "evil"};
  policy.load = {"dummy"};
  policy.freeze.require = {"loop"};
  EXPECT_EQ(modules_named_in(policy), (std::set<std::string>{"dummy", "evil", "loop"}));
}

TEST(PolicyNames, AnAliasIsNoModule) {
  EXPECT_EQ(complaint(machine_that_denies("fs_isofs")),
            "fs_isofs: no installed kernel has such a module, and deny.modules of the policy would "
            "name it; it is an alias of isofs: name the module");
}

TEST(PolicyNames, MayBeThoseOfAKernelThatWasNotSeen) {
  Facts facts = machine_that_denies("dumy");
  facts.trees.front().builtin = not_seen();
  EXPECT_EQ(complaint(facts), "");
}

TEST(PolicyNames, AWaiverIsOfACheck) {
  Facts facts = machine_with_lines("");
  facts.policy->waivers = {{"SIG-01", "", "a reason", "an owner", 1}};
  EXPECT_EQ(complaint(facts).substr(0, 77),
            "SIG-01: a waiver of the policy names it, and there is no such check; did you ");
}

}  // namespace
}  // namespace kmodsec::test
