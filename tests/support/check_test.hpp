// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/facts_builder.hpp"

namespace kmodsec::test {

inline void expect_pass(std::string_view id, const Facts& facts) {
  const Verdict verdict = verdict_of(id, facts);
  EXPECT_EQ(verdict.status, Status::pass);
  EXPECT_TRUE(verdict.findings.empty());
}

/// Fails on exactly these subjects, and each finding says something and shows where it looked.
inline void expect_fail(std::string_view id, const Facts& facts,
                        const std::vector<std::string>& subjects) {
  const Verdict verdict = verdict_of(id, facts);
  EXPECT_EQ(verdict.status, Status::fail);
  std::vector<std::string> found;
  for (const Finding& finding : verdict.findings) {
    found.push_back(finding.subject);
    EXPECT_FALSE(finding.message.empty());
    EXPECT_FALSE(finding.evidence.empty());
  }
  EXPECT_EQ(found, subjects);
}

inline void expect_unknown(std::string_view id, const Facts& facts) {
  const Verdict verdict = verdict_of(id, facts);
  EXPECT_EQ(verdict.status, Status::unknown);
  EXPECT_FALSE(verdict.unseen.empty());
}

inline void expect_not_applicable(std::string_view id, const Facts& facts) {
  const Verdict verdict = verdict_of(id, facts);
  EXPECT_EQ(verdict.status, Status::not_applicable);
  EXPECT_FALSE(verdict.reason.empty());
}

}  // namespace kmodsec::test
