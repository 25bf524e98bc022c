// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/signer_certificates.hpp"

#include <gtest/gtest.h>

#include <string>

#include "format/files/digest.hpp"
#include "format/signatures/certificate.hpp"
#include "format/signatures/module_signature.hpp"
#include "support/module_builder.hpp"
#include "support/signed_data.hpp"
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
      EXPECT_EQ(check(altered, only(signer)).outcome,
                GetParam().embedded ? SignerOutcome::refused : SignerOutcome::bad)
          << "byte " << i;
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

TEST(SignerCertificates, EveryOneOfThatNameIsAsked) {
  const Signer genuine("Same name", 1);
  const Signer impostor("Same name", 1);
  SignerCertificates certificates = only(genuine);
  certificates.add(impostor.certificate());
  const SignerCheck by_genuine = check(genuine.sign("payload"), certificates);
  EXPECT_EQ(by_genuine.outcome, SignerOutcome::good);
  ASSERT_EQ(by_genuine.others.size(), 1U);
  EXPECT_EQ(by_genuine.others.front().outcome, SignerOutcome::bad);
  EXPECT_EQ(check(impostor.sign("payload"), certificates).outcome, SignerOutcome::bad);
}

TEST(SignerCertificates, OneOfThatNameHidesNoChain) {
  const Signer authority("Authority", 1);
  const Signer leaf("Leaf", 2, authority);
  const Signer impostor("Leaf", 2, Signer("Authority", 1));
  SignerCertificates certificates = only(impostor);
  certificates.add(authority.certificate());
  const SignerCheck found = check(leaf.sign("payload", {.embedded = true}), certificates);
  EXPECT_EQ(found.outcome, SignerOutcome::good);
  EXPECT_EQ(found.certificate, fingerprint_of(authority.certificate()));
}

TEST(SignerCertificates, WhatAMessageBringsUnderTheSignersNameMustFit) {
  const Signer genuine("Same name", 1);
  const Signer other("Same name", 1);
  std::string cms(split_signature(genuine.sign("payload"))->cms);
  EXPECT_EQ(check(test::with_trailer("payload", test::with_certificate(cms, genuine.certificate())),
                  only(genuine))
                .outcome,
            SignerOutcome::good);
  EXPECT_EQ(check(test::with_trailer("payload", test::with_certificate(cms, other.certificate())),
                  only(genuine))
                .outcome,
            SignerOutcome::refused);
}

TEST(SignerCertificates, AChainThatDoesNotNameItsIssuersKeyLeadsNowhere) {
  const Signer authority("Authority", 1);
  const Signer leaf("Leaf", 2, authority, false);
  const SignerCheck found = check(leaf.sign("payload", {.embedded = true}), only(authority));
  EXPECT_EQ(found.outcome, SignerOutcome::good);
  EXPECT_EQ(found.certificate, "") << "no kernel finds who issued it";
}

TEST(SignerCertificates, SignersOfOneDigestHashTheContentOnce) {
  const std::string sha256_of_another = "not the digest of the content";
  ContentDigests digests("content", sha256_of_another);
  EXPECT_EQ(digests.of(KernelOid::sha256), sha256_of_another) << "it is not computed again";
  EXPECT_EQ(digests.of(KernelOid::sha512)->size(), 64U);
  EXPECT_EQ(&digests.of(KernelOid::sha512), &digests.of(KernelOid::sha512));
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

TEST(SignerCertificates, WhatIsNoCertificateIsLeftOut) {
  SignerCertificates certificates;
  certificates.add("no certificate");
  certificates.add("");
  EXPECT_EQ(certificates.size(), 0U);
}

}  // namespace
}  // namespace kmodsec
