// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/autoload_denies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t now = 1'790'000'000;
constexpr std::string_view our_deny =
    "install sctp /bin/false\nblacklist sctp\ninstall isofs /bin/false\nblacklist isofs\n";

/// A machine where any user can have sctp and isofs loaded, and nobody dummy but who plugs in a
/// device. isofs brings crc_itu_t along.
Facts machine() {
  Facts facts = machine_with_lines("");
  facts.time = now;
  facts.needs = std::vector<BootNeed>{};
  facts.policy->deny.autoload_by_users = true;
  ModuleTree& tree = facts.trees.front();
  tree.index->push_back({"sctp", "kernel/sctp.ko", {}});
  tree.index->at(1).depends = {"crc_itu_t"};
  tree.aliases->push_back({"net-pf-2-proto-132", "sctp"});
  return facts;
}

std::vector<std::string> denied(const Facts& facts) {
  std::vector<std::string> modules;
  for (const PolicyDeny& deny : autoload_denies(facts).denies) modules.push_back(deny.module);
  return modules;
}

/// Why a module is kept; empty when it is not.
std::string kept(const Facts& facts, const std::string& module) {
  for (const KeptModule& one : autoload_denies(facts).kept) {
    if (one.module == module) return one.why;
  }
  return {};
}

TEST(AutoloadDenies, AreWhatUsersCanAskForAndNoMore) {
  const AutoloadDenies autoload = autoload_denies(machine());
  EXPECT_THAT(denied(machine()), ElementsAre("isofs", "sctp"));
  EXPECT_EQ(autoload.denies[1].asked_by, "socket(2)");
  EXPECT_THAT(autoload.kept, IsEmpty());
  EXPECT_THAT(autoload.unseen, IsEmpty());
}

TEST(AutoloadDenies, AreNoneWherePolicyDoesNotAsk) {
  Facts facts = machine();
  facts.policy->deny.autoload_by_users = false;
  EXPECT_THAT(denied(facts), IsEmpty());
}

TEST(AutoloadDenies, KeepWhatIsLoaded) {
  Facts facts = machine();
  add_loaded(facts, "sctp");
  EXPECT_THAT(denied(facts), ElementsAre("isofs"));
  EXPECT_EQ(kept(facts, "sctp"), "loaded now");
}

TEST(AutoloadDenies, StayWhenRootLoadsTheModule) {
  Facts facts = machine();
  add_lines(facts, our_deny, "/etc/modprobe.d/00-kmodsec-deny.conf");
  add_loaded(facts, "sctp");
  EXPECT_THAT(denied(facts), ElementsAre("isofs", "sctp"));
}

TEST(AutoloadDenies, ComeBackWhenAnExceptionIsOver) {
  Facts facts = machine();
  add_loaded(facts, "sctp");
  facts.policy->exceptions = {{"sctp", now + 1, "a test"}};
  EXPECT_THAT(denied(facts), ElementsAre("isofs"));
  EXPECT_EQ(kept(facts, "sctp"), "");
  facts.time = now + 1;
  EXPECT_THAT(denied(facts), ElementsAre("isofs", "sctp"));
}

TEST(AutoloadDenies, KeepWhatThePolicyNames) {
  Facts facts = machine();
  facts.policy->deny.except = {"isofs"};
  facts.policy->load = {"sctp"};
  EXPECT_THAT(denied(facts), IsEmpty());
  EXPECT_EQ(kept(facts, "isofs"), "deny.except names it");
  EXPECT_EQ(kept(facts, "sctp"), "load.modules of the policy names it");
}

TEST(AutoloadDenies, KeepWhatBootNeeds) {
  Facts facts = machine();
  facts.needs = std::vector<BootNeed>{{"fs-isofs", "/etc/fstab mounts /cdrom as isofs"}};
  EXPECT_THAT(denied(facts), ElementsAre("sctp"));
  EXPECT_EQ(kept(facts, "isofs"), "/etc/fstab mounts /cdrom as isofs");
}

TEST(AutoloadDenies, AreThoseOfEachKernel) {
  Facts facts = machine();
  ModuleTree& other = add_kernel(facts, "6.12.0-test");
  other.index->push_back({"rds", "kernel/rds.ko", {}});
  other.aliases->push_back({"net-pf-21", "rds"});
  EXPECT_THAT(denied(facts), ElementsAre("isofs", "rds", "sctp"));
}

TEST(AutoloadDenies, DoNotDependOnWhatHoldsForAWhile) {
  Facts facts = machine();
  facts.kernel.modules_disabled = true;
  add_lines(facts, our_deny, "/etc/modprobe.d/00-kmodsec-deny.conf");
  EXPECT_THAT(denied(facts), ElementsAre("isofs", "sctp"));
}

TEST(AutoloadDenies, LeaveWhatOthersDenyToThem) {
  Facts facts = machine();
  add_lines(facts, "install sctp /bin/false\nblacklist sctp\n", "/etc/modprobe.d/local.conf");
  EXPECT_THAT(denied(facts), ElementsAre("isofs"));
}

TEST(AutoloadDenies, TakeNoNameThatIsNone) {
  Facts facts = machine();
  facts.trees.front().index->push_back({"x /bin/sh #", "kernel/x.ko", {}});
  facts.trees.front().aliases->push_back({"net-pf-99", "x /bin/sh #"});
  EXPECT_THAT(denied(facts), ElementsAre("isofs", "sctp"));
  EXPECT_EQ(autoload_denies(facts).unseen.size(), 1U);
}

TEST(AutoloadDenies, SayWhatHidesTheRest) {
  Facts facts = machine();
  facts.needs = not_seen();
  facts.loaded = not_seen();
  EXPECT_EQ(autoload_denies(facts).unseen.size(), 2U);
  facts.load = not_seen();
  EXPECT_EQ(autoload_denies(facts).unseen.size(), 1U);
}

TEST(AutoloadDenies, AreAddedToThoseOfThePolicy) {
  const auto both = with_autoload({{"sctp", "cis-level-1"}},
                                  {{"isofs", {}, "mount(2)"}, {"sctp", {}, "socket(2)"}});
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].asked_by, "");
  EXPECT_EQ(both[1].module, "isofs");
}

TEST(AutoloadDenies, LeaveWhatIsKeptUnderEverythingElse) {
  std::vector<PolicyDeny> denies = {{"isofs", {}}, {"udf", {}}};
  leave_kept({.kept = {{"udf", KeepCause::keep_class, "a class", "filesystems-removable"}}},
             denies);
  ASSERT_EQ(denies.size(), 1U);
  EXPECT_EQ(denies.front().module, "isofs");
}

}  // namespace
}  // namespace kmodsec::test
