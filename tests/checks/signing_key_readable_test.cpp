// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

Facts machine_with_own_key() {
  Facts facts = healthy_machine();
  facts.trust->certificates.push_back({.fingerprint = "own",
                                       .tbs_sha256 = {},
                                       .subject = "My key",
                                       .key_id = "0123",
                                       .self_signed = true,
                                       .sources = {{CertificateOrigin::mok, "MokListRT"}}});
  facts.trust->signing_keys = {{"/var/lib/dkms/mok.key", 0600, 0, "own"}};
  facts.kernel.keyrings->push_back({".machine", 1, std::vector<KernelKey>{{"My key", "0123"}}});
  return facts;
}

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
