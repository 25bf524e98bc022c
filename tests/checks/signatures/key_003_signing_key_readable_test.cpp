// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(SigningKeyReadable, PassesForRootsEyesOnly) { expect_pass("KEY-003", machine_with_own_key()); }

TEST(SigningKeyReadable, NamesTheFile) {
  Facts facts = machine_with_own_key();
  facts.trust->signing_keys.front().mode = 0644;
  expect_fail("KEY-003", facts, {"/var/lib/dkms/mok.key"});
  facts.trust->signing_keys.front() = {"/var/lib/dkms/mok.key", 0600, 1000, "own"};
  expect_fail("KEY-003", facts, {"/var/lib/dkms/mok.key"});
}

TEST(SigningKeyReadable, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.trust = not_seen();
  expect_unknown("KEY-003", facts);
}

}  // namespace
}  // namespace kmodsec::test
