// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(EnrolledKeys, PassesWithoutAny) { expect_pass("KEY-001", healthy_machine()); }

TEST(EnrolledKeys, NamesEachKey) { expect_fail("KEY-001", machine_with_own_key(), {"My key"}); }

TEST(EnrolledKeys, NamesOneWithoutASubject) {
  Facts facts = machine_with_own_key();
  facts.trust->certificates.back().subject.clear();
  expect_fail("KEY-001", facts, {"certificate own"});
}

TEST(EnrolledKeys, KnowsTheKeyOfADistribution) {
  Facts facts = machine_with_own_key();
  facts.trust->certificates.back().subject = "Debian Secure Boot CA";
  expect_pass("KEY-001", facts);
}

TEST(EnrolledKeys, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.trust = not_seen();
  expect_unknown("KEY-001", facts);
}

}  // namespace
}  // namespace kmodsec::test
