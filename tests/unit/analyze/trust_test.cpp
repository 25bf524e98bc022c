// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/trust.hpp"

#include <gtest/gtest.h>

#include "support/facts_builder.hpp"

namespace kmodsec::test {
namespace {

/// The verdict on the module "dummy" of the machine.
SignatureVerdict judged(const Facts& facts) {
  for (const ModuleFile& file : *facts.trees.front().files) {
    if (file.name == "dummy") return Trust(facts, &facts.trees.front()).judge(file);
  }
  return {};
}

Signature& signature(Facts& facts) { return *file_of(facts, "dummy").signature; }

Certificate& add_certificate(Facts& facts, CertificateOrigin origin, const std::string& path) {
  signature(facts).checks = {{.outcome = SignerOutcome::good, .certificate = "owner"}};
  return facts.trust->certificates.emplace_back(Certificate{.fingerprint = "owner",
                                                            .tbs_sha256 = "owner tbs",
                                                            .subject = "Owner",
                                                            .key_id = "0123",
                                                            .self_signed = true,
                                                            .sources = {{origin, path}}});
}

void put_into(Facts& facts, const std::string& keyring) {
  facts.kernel.keyrings->push_back({keyring, 1, std::vector<KernelKey>{{"Owner", "0123"}}});
}

void hide_keyrings(Facts& facts) { facts.kernel.keyrings = not_seen(); }

TEST(Trust, ABuiltInKeyMakesAModuleValid) {
  const SignatureVerdict verdict = judged(healthy_machine());
  EXPECT_EQ(verdict.status, SignatureStatus::valid);
  EXPECT_EQ(verdict.keyring, "builtin");
  EXPECT_EQ(verdict.certificate_source, "/boot/vmlinuz-6.1.0-test");
}

TEST(Trust, TheImageStandsInWhereKeyringsAreHidden) {
  Facts facts = healthy_machine();
  hide_keyrings(facts);
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid);
}

TEST(Trust, AnImageOfAnotherBuildProvesNothing) {
  Facts facts = healthy_machine();
  facts.trees.front().image->build_id = "another";
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid) << "the keyring still holds the key";
  facts.kernel.keyrings->front().members = std::vector<KernelKey>{{"Another", "99"}};
  EXPECT_EQ(judged(facts).status, SignatureStatus::untrusted);
  hide_keyrings(facts);
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
}

TEST(Trust, TheBannerDecidesWhereABuildIdIsMissing) {
  Facts facts = healthy_machine();
  hide_keyrings(facts);
  facts.kernel.build_id = not_seen();
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid);
  facts.trees.front().image->version = "6.1.0-test (builder@host) #2 SMP";
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
}

TEST(Trust, AnUnsignedModuleIsUnsigned) {
  Facts facts = healthy_machine();
  signature(facts) = {};
  EXPECT_EQ(judged(facts).status, SignatureStatus::unsigned_);
}

TEST(Trust, AlteredContentIsInvalid) {
  Facts facts = healthy_machine();
  signature(facts).checks.front().outcome = SignerOutcome::bad;
  EXPECT_EQ(judged(facts).status, SignatureStatus::invalid);
}

TEST(Trust, AKeyThatNobodyKnowsIsUntrusted) {
  Facts facts = healthy_machine();
  signature(facts).checks = {{.outcome = SignerOutcome::no_certificate}};
  const SignatureVerdict verdict = judged(facts);
  EXPECT_EQ(verdict.status, SignatureStatus::untrusted);
  EXPECT_NE(verdict.reason.find("another key than the one of that name"), std::string::npos);
}

TEST(Trust, AKeyThatCouldBeTheUnknownOneIsNotJudged) {
  Facts facts = healthy_machine();
  signature(facts).checks = {{.outcome = SignerOutcome::no_certificate}};
  facts.kernel.keyrings->front().members->push_back({"Vendor", "77"});
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
}

TEST(Trust, WithoutTheImageAForeignKeyIsUnknown) {
  Facts facts = healthy_machine();
  hide_keyrings(facts);
  signature(facts).checks = {{.outcome = SignerOutcome::no_certificate}};
  facts.trees.front().image = not_seen();
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
}

TEST(Trust, AnAlgorithmThatIsUnavailableIsUnknown) {
  Facts facts = healthy_machine();
  signature(facts).checks = {
      {.outcome = SignerOutcome::unavailable, .reason = "algorithm unavailable: md4"}};
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
  EXPECT_EQ(judged(facts).reason, "algorithm unavailable: md4");
}

TEST(Trust, ADigestThatOnlySomeKernelsKnowIsUnknown) {
  Facts facts = healthy_machine();
  signature(facts).hash_algorithm = "sha3-256";
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
}

TEST(Trust, AnEnrolledKeyCountsInMachine) {
  Facts facts = healthy_machine();
  add_certificate(facts, CertificateOrigin::mok, "MokListRT");
  EXPECT_EQ(judged(facts).status, SignatureStatus::untrusted) << "in no keyring";
  put_into(facts, ".machine");
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid);
  EXPECT_EQ(judged(facts).keyring, "machine");
}

TEST(Trust, PlatformCountsOnlyOnKernelsThatAskIt) {
  Facts facts = healthy_machine();
  add_certificate(facts, CertificateOrigin::db, "db");
  put_into(facts, ".platform");
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
  facts.kernel.version = "#1 SMP Debian 6.1.1-1";
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid);
  EXPECT_EQ(judged(facts).keyring, "platform");
}

TEST(Trust, AKeyOnTheDiskIsNotEnrolledForThat) {
  Facts facts = healthy_machine();
  add_certificate(facts, CertificateOrigin::disk, "/var/lib/dkms/mok.pub");
  EXPECT_EQ(judged(facts).status, SignatureStatus::untrusted);
  hide_keyrings(facts);
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
}

TEST(Trust, AGivenKeyCountsWhereNoKernelRuns) {
  Facts facts = healthy_machine();
  add_certificate(facts, CertificateOrigin::given, "--cert");
  EXPECT_EQ(judged(facts).status, SignatureStatus::untrusted);
  facts.live = false;
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid);
  EXPECT_EQ(judged(facts).keyring, "given");
}

TEST(Trust, WhatIsRevokedIsRevoked) {
  const std::vector<Revocation> lists[] = {
      {{RevocationKind::tbs, "cc22", "dbx"}},
      {{RevocationKind::certificate, "bb11", "MokListXRT"}},
      {{RevocationKind::file, "22dd", ".blacklist"}},
  };
  for (const auto& list : lists) {
    Facts facts = healthy_machine();
    facts.trust->revocations = list;
    EXPECT_EQ(judged(facts).status, SignatureStatus::revoked) << list.front().source;
  }
  Facts facts = healthy_machine();
  facts.kernel.keyrings->push_back({".blacklist", 1, std::vector<KernelKey>{{"Kernel", "8963f7"}}});
  EXPECT_EQ(judged(facts).status, SignatureStatus::revoked);
}

TEST(Trust, ARevokedLinkOfTheChainCounts) {
  Facts facts = healthy_machine();
  signature(facts).checks.front().through = {"leaf tbs"};
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid);
  facts.trust->revocations = {{RevocationKind::tbs, "leaf tbs", "dbx"}};
  EXPECT_EQ(judged(facts).status, SignatureStatus::revoked);
}

TEST(Trust, OfSeveralSignersOneMustBeTrustedAndNoneWrong) {
  Facts facts = healthy_machine();
  auto& checks = signature(facts).checks;
  checks.push_back({.outcome = SignerOutcome::no_certificate});
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid);
  checks.push_back({.outcome = SignerOutcome::bad});
  EXPECT_EQ(judged(facts).status, SignatureStatus::invalid);
}

TEST(Trust, WhatWasNotCheckedIsUnknown) {
  Facts facts = healthy_machine();
  signature(facts).checks.clear();
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
}

}  // namespace
}  // namespace kmodsec::test
