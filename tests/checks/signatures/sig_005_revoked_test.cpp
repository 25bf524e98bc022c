// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(SignatureRevoked, PassesOnAHealthyMachine) { expect_pass("SIG-005", healthy_machine()); }

TEST(SignatureRevoked, NamesTheModule) {
  Facts facts = healthy_machine();
  facts.trust->revocations = {{RevocationKind::tbs, "cc22", "dbx"}};
  expect_fail("SIG-005", facts, {"dummy"});
}

TEST(SignatureRevoked, IsUnknownWithoutTheImage) {
  Facts facts = healthy_machine();
  facts.kernel.keyrings = not_seen();
  facts.trees.front().image = not_seen();
  expect_unknown("SIG-005", facts);
}

TEST(SignatureRevoked, IsUnknownWithoutAListOfWhatIsRevoked) {
  Facts facts = healthy_machine();
  facts.trust->unseen_revocations = {{"MokListXRT", "permission denied"}};
  expect_unknown("SIG-005", facts);
  facts = healthy_machine();
  facts.kernel.keyrings = not_seen();
  expect_unknown("SIG-005", facts);
}

}  // namespace
}  // namespace kmodsec::test
