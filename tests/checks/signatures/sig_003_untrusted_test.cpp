// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(SignatureUntrusted, PassesOnAHealthyMachine) { expect_pass("SIG-003", healthy_machine()); }

TEST(SignatureUntrusted, NamesTheModule) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").signature->checks = {{.outcome = SignerOutcome::no_certificate}};
  expect_fail("SIG-003", facts, {"dummy"});
}

TEST(SignatureUntrusted, IsUnknownWithoutTheImage) {
  Facts facts = healthy_machine();
  facts.kernel.keyrings = not_seen();
  facts.trees.front().image = not_seen();
  expect_unknown("SIG-003", facts);
}

}  // namespace
}  // namespace kmodsec::test
