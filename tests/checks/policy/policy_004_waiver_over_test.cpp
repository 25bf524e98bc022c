// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

constexpr std::int64_t time_of_audit = 1'790'000'000;

Facts machine_with_waiver(std::string check, std::int64_t until) {
  Facts facts = healthy_machine();
  facts.time = time_of_audit;
  facts.policy->waivers = {{std::move(check), "", "a reason", "an owner", until}};
  return facts;
}

TEST(WaiverOver, DoesNotApplyWithoutWaivers) {
  expect_not_applicable("POLICY-004", healthy_machine());
}

TEST(WaiverOver, PassesWhileItLasts) {
  expect_pass("POLICY-004", machine_with_waiver("SIG-001", time_of_audit + 1));
}

TEST(WaiverOver, NamesWhatIsOver) {
  expect_fail("POLICY-004", machine_with_waiver("SIG-001", time_of_audit), {"SIG-001"});
}

TEST(WaiverOver, NamesTheSubjectOfEach) {
  Facts facts = machine_with_waiver("SIG-002", time_of_audit);
  facts.policy->waivers[0].subject = "nvidia";
  facts.policy->waivers.push_back(facts.policy->waivers[0]);
  facts.policy->waivers[1].subject = "zfs";
  expect_fail("POLICY-004", facts, {"SIG-002 nvidia", "SIG-002 zfs"});
  facts.policy->waivers.push_back({"POLICY-004", "SIG-002 zfs", "ours", "ops", time_of_audit + 1});
  expect_fail("POLICY-004", facts, {"SIG-002 nvidia"});
}

TEST(WaiverOver, NamesWhatIsNoCheck) {
  expect_fail("POLICY-004", machine_with_waiver("SIG-999", time_of_audit + 1), {"SIG-999"});
}

TEST(WaiverOver, NamesTheGapOfOneThatIsOver) {
  Facts facts = machine_with_waiver("", time_of_audit + 1);
  facts.policy->waivers[0].gap = "/var/log/audit";
  expect_pass("POLICY-004", facts);
  facts.policy->waivers[0].until = time_of_audit;
  expect_fail("POLICY-004", facts, {"/var/log/audit"});
}

TEST(WaiverOver, ShowsTheLineOfThePolicy) {
  Facts facts = machine_with_waiver("SIG-001", time_of_audit);
  facts.policy->waivers[0].source = "/etc/kmodsec/policy.d/a.toml";
  facts.policy->waivers[0].line = 7;
  const Verdict verdict = verdict_of("POLICY-004", facts);
  ASSERT_EQ(verdict.findings.size(), 1U);
  EXPECT_EQ(verdict.findings[0].evidence[0].source, "/etc/kmodsec/policy.d/a.toml");
  EXPECT_EQ(verdict.findings[0].evidence[0].line, 7U);
}

TEST(WaiverOver, IsUnknownWithoutThePolicy) {
  Facts facts = healthy_machine();
  facts.policy = not_seen();
  expect_unknown("POLICY-004", facts);
}

}  // namespace
}  // namespace kmodsec::test
