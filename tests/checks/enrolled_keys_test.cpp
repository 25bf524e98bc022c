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

TEST(EnrolledKeys, PassesWithoutAny) { expect_pass("KEY-001", healthy_machine()); }

TEST(EnrolledKeys, NamesEachKey) { expect_fail("KEY-001", machine_with_own_key(), {"My key"}); }

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
