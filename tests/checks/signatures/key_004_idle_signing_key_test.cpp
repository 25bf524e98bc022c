// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(IdleSigningKey, PassesWithoutAny) { expect_pass("KEY-004", healthy_machine()); }

TEST(IdleSigningKey, LeavesThoseThatCountToTheOtherCheck) {
  expect_pass("KEY-004", machine_with_own_key());
}

TEST(IdleSigningKey, NamesAKeyThatNobodyTrusts) {
  Facts facts = machine_with_own_key();
  facts.kernel.keyrings->pop_back();
  expect_fail("KEY-004", facts, {"/var/lib/dkms/mok.key"});
  facts.trust->signing_keys.front().certificate.clear();
  expect_fail("KEY-004", facts, {"/var/lib/dkms/mok.key"});
}

TEST(IdleSigningKey, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.trust = not_seen();
  expect_unknown("KEY-004", facts);
}

}  // namespace
}  // namespace kmodsec::test
