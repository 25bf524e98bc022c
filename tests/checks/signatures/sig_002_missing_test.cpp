// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(SignatureMissing, PassesOnAHealthyMachine) { expect_pass("SIG-002", healthy_machine()); }

TEST(SignatureMissing, NamesTheModule) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").signature = Signature{};
  expect_fail("SIG-002", facts, {"dummy"});
}

TEST(SignatureMissing, IsUnknownWithoutTheImage) {
  Facts facts = healthy_machine();
  facts.kernel.keyrings = not_seen();
  facts.trees.front().image = not_seen();
  expect_unknown("SIG-002", facts);
}

}  // namespace
}  // namespace kmodsec::test
