// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signer_certificates.hpp"

#include <gtest/gtest.h>

#include <string>

#include "format/certificate.hpp"
#include "format/digest.hpp"
#include "format/module_signature.hpp"
#include "support/signer.hpp"

namespace kmodsec {
namespace {

using test::Signer;
using test::SignOptions;

SignerCheck check(const std::string& module, const SignerCertificates& certificates) {
  const ModuleSignature signature = ModuleSignature::parse(module);
  const auto digests = sha256_of_head_and_whole(module, signature.payload().size());
  const auto checks = signature.check(certificates, digests.head);
  return checks.size() == 1 ? checks.front() : SignerCheck{};
}

SignerCertificates only(const Signer& signer) {
  SignerCertificates certificates;
  certificates.add(signer.certificate());
  return certificates;
}

class Signed : public testing::TestWithParam<SignOptions> {};

TEST_P(Signed, IsGoodByItsCertificateAndBadWhenAltered) {
  for (const Signer::Kind kind : {Signer::Kind::rsa, Signer::Kind::p256}) {
    const Signer signer("Some key", 7, kind);
    const std::string module = signer.sign("payload of a module", GetParam());
    const SignerCheck good = check(module, only(signer));
    EXPECT_EQ(good.outcome, SignerOutcome::good);
    EXPECT_EQ(good.certificate, fingerprint_of(signer.certificate()));
    for (std::size_t i = 0; i < 19; ++i) {
      std::string altered = module;
      altered[i] = static_cast<char>(altered[i] ^ 1);
      EXPECT_EQ(check(altered, only(signer)).outcome, SignerOutcome::bad) << "byte " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Forms, Signed,
    testing::Values(SignOptions{}, SignOptions{.by_key_id = true}, SignOptions{.embedded = true},
                    SignOptions{.digest = "SHA1"}, SignOptions{.digest = "SHA224"},
                    SignOptions{.digest = "SHA384"}, SignOptions{.digest = "SHA512"}));

TEST(SignerCertificates, OfAnotherKeyAreNone) {
  const Signer signer("Same name", 1);
  const Signer other("Same name", 2);
  EXPECT_EQ(check(signer.sign("payload"), only(other)).outcome, SignerOutcome::no_certificate);
}

TEST(SignerCertificates, AKeyInTheNameOfAnotherIsBad) {
  const Signer genuine("Same name", 1);
  const Signer impostor("Same name", 1);
  EXPECT_EQ(check(impostor.sign("payload"), only(genuine)).outcome, SignerOutcome::bad);
}

TEST(SignerCertificates, AllOfThatNameAreAsked) {
  const Signer genuine("Same name", 1);
  const Signer impostor("Same name", 1);
  SignerCertificates certificates = only(genuine);
  certificates.add(impostor.certificate());
  const SignerCheck found = check(impostor.sign("payload"), certificates);
  EXPECT_EQ(found.outcome, SignerOutcome::bad);
  EXPECT_EQ(found.certificate, fingerprint_of(genuine.certificate()));
  ASSERT_EQ(found.others.size(), 1U);
  EXPECT_EQ(found.others.front().outcome, SignerOutcome::good);
  EXPECT_EQ(found.others.front().certificate, fingerprint_of(impostor.certificate()));
}

TEST(SignerCertificates, OneOfThatNameHidesNoChain) {
  const Signer authority("Authority", 1);
  const Signer leaf("Leaf", 2, authority);
  const Signer impostor("Leaf", 2, Signer("Authority", 1));
  SignerCertificates certificates = only(impostor);
  certificates.add(authority.certificate());
  const SignerCheck found = check(leaf.sign("payload", {.embedded = true}), certificates);
  EXPECT_EQ(found.outcome, SignerOutcome::bad);
  ASSERT_EQ(found.others.size(), 1U);
  EXPECT_EQ(found.others.front().outcome, SignerOutcome::good);
  EXPECT_EQ(found.others.front().certificate, fingerprint_of(authority.certificate()));
}

TEST(SignerCertificates, FollowAnEmbeddedChain) {
  const Signer authority("Authority", 1);
  const Signer leaf("Leaf", 2, authority);
  const SignerCheck through = check(leaf.sign("payload", {.embedded = true}), only(authority));
  EXPECT_EQ(through.outcome, SignerOutcome::good);
  EXPECT_EQ(through.certificate, fingerprint_of(authority.certificate()));
  ASSERT_EQ(through.through.size(), 1U);
  EXPECT_EQ(through.through.front(), tbs_digest_of(leaf.certificate()));
  EXPECT_EQ(check(leaf.sign("payload"), only(authority)).outcome, SignerOutcome::no_certificate)
      << "without its certificate nobody knows the leaf";
}

TEST(SignerCertificates, AnEmbeddedChainToNobodyIsGoodByNobody) {
  const Signer stranger("Stranger", 1);
  const SignerCheck check_of_stranger =
      check(stranger.sign("payload", {.embedded = true}), only(Signer("Authority", 2)));
  EXPECT_EQ(check_of_stranger.outcome, SignerOutcome::good);
  EXPECT_EQ(check_of_stranger.certificate, "");
}

TEST(SignerCertificates, AnAlgorithmThatIsNotThereIsNamed) {
  const Signer signer("Some key");
  std::string module = signer.sign("payload");
  const std::string sha256("\x60\x86\x48\x01\x65\x03\x04\x02\x01", 9);
  const std::string unassigned("\x60\x86\x48\x01\x65\x03\x04\x02\x7f", 9);
  for (std::size_t at = module.find(sha256); at != std::string::npos; at = module.find(sha256))
    module.replace(at, sha256.size(), unassigned);
  const SignerCheck unavailable = check(module, only(signer));
  EXPECT_EQ(unavailable.outcome, SignerOutcome::unavailable);
  EXPECT_EQ(unavailable.reason, "algorithm unavailable: unknown");
}

TEST(SignerCertificates, WhatIsNoCertificateIsLeftOut) {
  SignerCertificates certificates;
  certificates.add("no certificate");
  certificates.add("");
  EXPECT_EQ(certificates.size(), 0U);
}

}  // namespace
}  // namespace kmodsec
