// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(SignatureWeakDigest, PassesOnAHealthyMachine) { expect_pass("SIG-006", healthy_machine()); }

TEST(SignatureWeakDigest, NamesTheModule) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").signature->hash_algorithm = "sha1";
  expect_fail("SIG-006", facts, {"dummy"});
}

TEST(SignatureWeakDigest, OneOfSeveralSignersIsEnough) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").signature->digests = {"sha256", "md5"};
  expect_fail("SIG-006", facts, {"dummy"});
}

TEST(SignatureWeakDigest, IsUnknownWithoutTheImage) {
  Facts facts = healthy_machine();
  facts.kernel.keyrings = not_seen();
  facts.trees.front().image = not_seen();
  expect_unknown("SIG-006", facts);
}

}  // namespace
}  // namespace kmodsec::test
