// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(SignatureInvalid, PassesOnAHealthyMachine) { expect_pass("SIG-004", healthy_machine()); }

TEST(SignatureInvalid, NamesTheModule) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").signature->checks.front().outcome = SignerOutcome::bad;
  expect_fail("SIG-004", facts, {"dummy"});
}

TEST(SignatureInvalid, IsUnknownWithoutTheImage) {
  Facts facts = healthy_machine();
  facts.kernel.keyrings = not_seen();
  facts.trees.front().image = not_seen();
  expect_unknown("SIG-004", facts);
}

TEST(SignatureInvalid, NamesAMalformedOne) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").signature->form = SignatureForm::malformed;
  expect_fail("SIG-004", facts, {"dummy"});
}

TEST(SignatureInvalid, SaysNothingOfAFileThatIsCutShort) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").signature = Signature{};
  file_of(facts, "dummy").content = failure(ErrorKind::malformed, "", "cut short");
  expect_pass("SIG-004", facts);
  expect_fail("FILE-004", facts, {"dummy"});
}

}  // namespace
}  // namespace kmodsec::test
