// SPDX-License-Identifier: GPL-2.0-or-later
//
// What every reader of an audit relies on: a finding is about something, says what is wrong, and
// shows where it looked.
#include <gtest/gtest.h>

#include "analyze/audit.hpp"
#include "support/random_facts.hpp"

namespace kmodsec::test {
namespace {

void expect_whole_findings(const Facts& facts) {
  for (const CheckResult& result : audit(facts).results) {
    for (const Finding& finding : result.verdict.findings) {
      EXPECT_FALSE(finding.subject.empty()) << result.check->id;
      EXPECT_FALSE(finding.message.empty()) << result.check->id;
      EXPECT_FALSE(finding.evidence.empty()) << result.check->id << ": " << finding.subject;
      for (const Evidence& evidence : finding.evidence) {
        EXPECT_FALSE(evidence.source.empty()) << result.check->id << ": " << finding.subject;
        EXPECT_FALSE(evidence.value.empty()) << result.check->id << ": " << finding.subject;
      }
    }
  }
}

TEST(FindingsProperty, EachHasASubjectAndEvidence) {
  RandomFacts random(11);
  for (int round = 0; round < 200; ++round) expect_whole_findings(random.facts());
}

}  // namespace
}  // namespace kmodsec::test
