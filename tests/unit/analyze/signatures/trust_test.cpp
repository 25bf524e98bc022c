// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/trust.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>

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
  facts.kernel.keyrings->front().members = std::vector<KernelKey>{};
  EXPECT_EQ(judged(facts).status, SignatureStatus::untrusted);
  facts.kernel.keyrings->front().members = std::vector<KernelKey>{{"Another", "99"}};
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown) << "it may be this key";
  hide_keyrings(facts);
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
}

TEST(Trust, WhereWhatRunsIsNotSeenAnyImageMayBeOfAnotherBuild) {
  Facts facts = healthy_machine();
  hide_keyrings(facts);
  facts.trees.front().image->build_id = "another";
  facts.kernel.release = not_seen();
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
  facts.live = false;
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid) << "nothing runs in a tree";
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

TEST(Trust, AModuleThatIsCutShortIsMalformed) {
  Facts facts = healthy_machine();
  signature(facts) = {};
  file_of(facts, "dummy").content = failure(ErrorKind::malformed, "", "ELF header is cut short");
  const SignatureVerdict verdict = judged(facts);
  EXPECT_EQ(verdict.status, SignatureStatus::malformed);
  EXPECT_TRUE(verdict.reason.ends_with("ELF header is cut short"));
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

TEST(Trust, WhatThisKernelDoesNotKnowIsMalformed) {
  Facts facts = healthy_machine();
  signature(facts).needs = {"sha3-256"};
  EXPECT_EQ(judged(facts).status, SignatureStatus::malformed);
  EXPECT_EQ(judged(facts).reason, "this kernel does not take sha3-256 (ENOPKG)");
  signature(facts).needs = {"no-authority-told", "ml-dsa"};
  facts.trees.front().release = "7.1.0";
  facts.kernel.release = "7.1.0";
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
}

TEST(Trust, ARefusedMessageIsInvalidWhoeverIsTrusted) {
  Facts facts = healthy_machine();
  signature(facts).checks.push_back({.outcome = SignerOutcome::refused, .reason = "why"});
  EXPECT_EQ(judged(facts).status, SignatureStatus::invalid);
  EXPECT_EQ(judged(facts).reason, "why");
}

TEST(Trust, OnlyACertificateOfAKeyringProvesAnythingAgainstASignature) {
  Facts facts = healthy_machine();
  add_certificate(facts, CertificateOrigin::disk, "/var/lib/dkms/mok.pub");
  signature(facts).checks = {{.outcome = SignerOutcome::bad, .certificate = "owner"}};
  EXPECT_EQ(judged(facts).status, SignatureStatus::untrusted);
  hide_keyrings(facts);
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
}

TEST(Trust, TheCertificateThatAKeyringHasDecidesAmongThoseOfOneName) {
  Facts facts = healthy_machine();
  const std::string genuine = signature(facts).checks.front().certificate;
  add_certificate(facts, CertificateOrigin::mok, "MokListRT");
  signature(facts).checks = {{.outcome = SignerOutcome::bad,
                              .certificate = "owner",
                              .others = {{SignerOutcome::good, genuine, {}, {}, {}}}}};
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid);
  put_into(facts, ".machine");
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown) << "the kernel has one of two";
}

TEST(Trust, ACertificateThatNoKernelReadsIsInNoKeyring) {
  Facts facts = healthy_machine();
  hide_keyrings(facts);
  facts.trust->certificates.front().refused = "a certificate of a method that no kernel knows";
  EXPECT_EQ(judged(facts).status, SignatureStatus::untrusted);
}

TEST(Trust, AMethodThatTheKernelLacksVerifiesNothing) {
  Facts facts = healthy_machine();
  facts.kernel.config = KernelConfig{{"CONFIG_CRYPTO_ECDSA", "n"}};
  signature(facts).checks.front().needs = {"ecdsa"};
  EXPECT_EQ(judged(facts).status, SignatureStatus::invalid);
  facts.kernel.config = KernelConfig{{"CONFIG_CRYPTO_ECDSA", "m"}};
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
  facts.kernel.version = "#1 SMP Debian 6.1.1-1 (2026-11-14)";
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid);
  EXPECT_EQ(judged(facts).keyring, "platform");
}

TEST(Trust, NoPieceOfANameMakesAKernelAskPlatform) {
  Facts facts = healthy_machine();
  add_certificate(facts, CertificateOrigin::db, "db");
  put_into(facts, ".platform");
  for (const std::string banner :
       {"#1 SMP Debian", "#1 SMP Debian 6.1.1-1", "#1 SMP Debian 1:6.1.1-1+rpt1 (2026-11-14)",
        "#1 SMP Debian 6.12.1-1 (2026-11-14)", "gcc (Debian 12.2.0-14) 12.2.0"}) {
    facts.kernel.version = banner;
    EXPECT_EQ(judged(facts).status, SignatureStatus::unknown) << banner;
  }
  facts.kernel.version = "#1 SMP";
  for (const std::string release :
       {"6.17.1-cachyos1.fc44.x86_64", "6.17.1-300.fc43.x86_64", "6.12.1-1.el9.elrepo.x86_64"}) {
    facts.kernel.release = facts.trees.front().release = release;
    EXPECT_EQ(judged(facts).status, SignatureStatus::unknown) << release;
  }
}

/// The owner's key, where the keyrings are hidden, on a kernel that takes it into .machine.
Facts machine_of_owner() {
  Facts facts = healthy_machine();
  hide_keyrings(facts);
  add_certificate(facts, CertificateOrigin::mok, "MokListRT");
  facts.trust->switches = {.has_owner_list = true, .trusts_owner = true, .ignores_db = false};
  facts.kernel.config = KernelConfig{{"CONFIG_MODULE_SIG", "y"},
                                     {"CONFIG_IMA", "y"},
                                     {"CONFIG_IMA_SECURE_AND_OR_TRUSTED_BOOT", "y"},
                                     {"CONFIG_INTEGRITY_MACHINE_KEYRING", "y"},
                                     {"CONFIG_INTEGRITY_PLATFORM_KEYRING", "y"}};
  return facts;
}

TEST(Trust, AnOwnersKeyCountsWhereEachStepLetsItIn) {
  EXPECT_EQ(judged(machine_of_owner()).status, SignatureStatus::valid);
  EXPECT_EQ(judged(machine_of_owner()).keyring, "machine");
}

void expect_kept_out(const Facts& facts, const std::string& step) {
  const SignatureVerdict verdict = judged(facts);
  EXPECT_EQ(verdict.status, SignatureStatus::unknown) << step;
  EXPECT_NE(verdict.reason.find(step), std::string::npos) << verdict.reason;
}

TEST(Trust, TheStepThatKeepsAnOwnersKeyOutIsNamed) {
  Facts facts = machine_of_owner();
  facts.kernel.config->erase("CONFIG_IMA_SECURE_AND_OR_TRUSTED_BOOT");
  expect_kept_out(facts, "CONFIG_IMA_SECURE_AND_OR_TRUSTED_BOOT");
  facts = machine_of_owner();
  facts.trust->switches.trusts_owner = false;
  expect_kept_out(facts, "MokListTrustedRT");
  facts.trust->switches.trusts_owner = not_seen();
  expect_kept_out(facts, "MokListTrustedRT");
  facts = machine_of_owner();
  facts.kernel.secure_boot = SecureBoot::disabled;
  expect_kept_out(facts, "Secure Boot is off");
  facts = machine_of_owner();
  facts.kernel.config->emplace("CONFIG_INTEGRITY_CA_MACHINE_KEYRING", "y");
  expect_kept_out(facts, "authorities");
  facts.trust->certificates.back().is_authority = false;
  expect_kept_out(facts, "CONFIG_INTEGRITY_CA_MACHINE_KEYRING");
  facts.trust->certificates.back().is_authority = true;
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid);
  facts.kernel.config->emplace("CONFIG_INTEGRITY_CA_MACHINE_KEYRING_MAX", "y");
  facts.trust->certificates.back().signs_data = true;
  expect_kept_out(facts, "CONFIG_INTEGRITY_CA_MACHINE_KEYRING_MAX");
  facts = machine_of_owner();
  facts.kernel.config->erase("CONFIG_INTEGRITY_MACHINE_KEYRING");
  expect_kept_out(facts, "without a keyring .machine");
  facts.kernel.config->erase("CONFIG_INTEGRITY_PLATFORM_KEYRING");
  EXPECT_EQ(judged(facts).status, SignatureStatus::untrusted) << "it can go nowhere";
}

TEST(Trust, AKernelThatPassesOverDbTrustsNoneOfItsKeys) {
  Facts facts = machine_of_owner();
  facts.kernel.version = "#1 SMP Debian 6.1.1-1 (2026-11-14)";
  facts.trees.front().image->version = "6.1.0-test (builder@host) " + *facts.kernel.version;
  facts.trust->certificates.back().sources = {{CertificateOrigin::db, "db"}};
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid);
  facts.trust->switches.ignores_db = true;
  EXPECT_EQ(judged(facts).status, SignatureStatus::untrusted);
  EXPECT_NE(judged(facts).reason.find("MokIgnoreDB"), std::string::npos);
  facts.trust->switches.ignores_db = not_seen();
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
}

TEST(Trust, AKeyThatIsNotEnrolledIsToldHowToBe) {
  Facts facts = machine_of_owner();
  facts.trust->certificates.back().sources = {{CertificateOrigin::disk, "/var/lib/dkms/mok.pub"}};
  EXPECT_EQ(judged(facts).status, SignatureStatus::untrusted);
  EXPECT_NE(judged(facts).reason.find("mokutil --import /var/lib/dkms/mok.pub"), std::string::npos);
  facts.kernel.keyrings = healthy_machine().kernel.keyrings;
  EXPECT_NE(judged(facts).reason.find("mokutil --import /var/lib/dkms/mok.pub"), std::string::npos);
  facts.trust->switches.has_owner_list = not_seen();
  hide_keyrings(facts);
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
}

TEST(Trust, WhatIsRefusedAlwaysIsToldFromWhatIsTakenForUnsigned) {
  Facts facts = healthy_machine();
  signature(facts).form = SignatureForm::malformed;
  EXPECT_FALSE(judged(facts).is_fatal) << "why is not known";
  signature(facts).error = KernelErrno::ebadmsg;
  EXPECT_TRUE(judged(facts).is_fatal);
  signature(facts).error = KernelErrno::enopkg;
  EXPECT_FALSE(judged(facts).is_fatal);
  facts = healthy_machine();
  signature(facts).needs = {"sha3-256"};
  EXPECT_FALSE(judged(facts).is_fatal);
  signature(facts).needs = {};
  signature(facts).checks.front().outcome = SignerOutcome::bad;
  EXPECT_TRUE(judged(facts).is_fatal);
}

TEST(Trust, AKeyOnTheDiskIsNotEnrolledForThat) {
  Facts facts = healthy_machine();
  add_certificate(facts, CertificateOrigin::disk, "/var/lib/dkms/mok.pub");
  EXPECT_EQ(judged(facts).status, SignatureStatus::untrusted);
  hide_keyrings(facts);
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
}

/// Another key's certificate that bears the name, and the id, of the one that the kernel has.
void plant(Facts& facts, CertificateOrigin origin, const std::string& key_id, SignerOutcome outcome,
           bool first) {
  facts.trust->certificates.push_back({.fingerprint = "planted",
                                       .tbs_sha256 = "planted tbs",
                                       .subject = "Kernel",
                                       .key_id = key_id,
                                       .self_signed = true,
                                       .sources = {{origin, "/var/lib/dkms/mok.pub"}}});
  SignerCheck& check = signature(facts).checks.front();
  SignerMatch planted{outcome, "planted", {}, {}, {}};
  SignerMatch genuine{check.outcome, check.certificate, check.through, check.reason, {}};
  const bool is_found = genuine.outcome != SignerOutcome::no_certificate;
  if (!is_found || first) {
    check = {planted.outcome, planted.certificate, {}, {}, {}};
    if (is_found) check.others = {genuine};
  } else {
    check.others = {planted};
  }
}

constexpr CertificateOrigin plantable[] = {CertificateOrigin::disk, CertificateOrigin::given,
                                           CertificateOrigin::kek};

TEST(Trust, ACertificateThatBearsTheIdOfABuiltInKeyProvesNothing) {
  for (const CertificateOrigin origin :
       {plantable[0], plantable[1], plantable[2], CertificateOrigin::mok, CertificateOrigin::db}) {
    Facts facts = healthy_machine();
    signature(facts).checks = {{.outcome = SignerOutcome::no_certificate}};
    plant(facts, origin, "8963f7", SignerOutcome::good, true);
    const SignatureVerdict verdict = judged(facts);
    EXPECT_EQ(verdict.status, SignatureStatus::unknown) << static_cast<int>(origin);
    EXPECT_EQ(verdict.keyring, "");
    EXPECT_NE(verdict.reason.find("does not prove"), std::string::npos) << verdict.reason;
  }
}

TEST(Trust, TheImageOfAnotherKernelProvesNothing) {
  Facts facts = healthy_machine();
  signature(facts).checks = {{.outcome = SignerOutcome::no_certificate}};
  plant(facts, CertificateOrigin::kernel_image, "8963f7", SignerOutcome::good, true);
  EXPECT_EQ(judged(facts).status, SignatureStatus::unknown);
  hide_keyrings(facts);
  EXPECT_EQ(judged(facts).status, SignatureStatus::untrusted);
}

/// What a machine makes of a genuine module, altered or not, when some of it cannot be seen.
void expect_nothing_planted_counts(const std::function<void(Facts&)>& hide) {
  for (const SignerOutcome genuine : {SignerOutcome::good, SignerOutcome::bad}) {
    for (const CertificateOrigin origin : plantable) {
      for (const std::string id : {"8963f7", "another id"}) {
        for (const bool first : {true, false}) {
          Facts facts = healthy_machine();
          signature(facts).checks.front().outcome = genuine;
          hide(facts);
          const SignatureStatus before = judged(facts).status;
          plant(facts, origin, id, SignerOutcome::bad, first);
          EXPECT_EQ(judged(facts).status, before)
              << static_cast<int>(genuine) << static_cast<int>(origin) << id << first;
        }
      }
    }
  }
}

void hide_image(Facts& facts) {
  facts.trees.front().image = not_seen();
  facts.trust->certificates.clear();
  signature(facts).checks = {{.outcome = SignerOutcome::no_certificate}};
}

TEST(Trust, NothingPlantedChangesTheVerdictOnAGenuineModule) {
  expect_nothing_planted_counts([](Facts&) {});
  expect_nothing_planted_counts(hide_image);
  expect_nothing_planted_counts([](Facts& facts) { hide_keyrings(facts); });
  expect_nothing_planted_counts([](Facts& facts) {
    hide_image(facts);
    hide_keyrings(facts);
  });
  expect_nothing_planted_counts([](Facts& facts) {
    facts.live = false;
    hide_keyrings(facts);
  });
}

TEST(Trust, ACopyOfAGenuineCertificateWithTheIdOfARevokedOneRevokesNothing) {
  Facts facts = healthy_machine();
  facts.kernel.keyrings->push_back({".blacklist", 1, std::vector<KernelKey>{{"Bad", "66"}}});
  plant(facts, CertificateOrigin::disk, "66", SignerOutcome::good, true);
  EXPECT_EQ(judged(facts).status, SignatureStatus::valid);
}

TEST(Trust, AKeyWhoseCertificateOnlyBearsItsIdIsListedWithoutOne) {
  Facts facts = healthy_machine();
  hide_image(facts);
  plant(facts, CertificateOrigin::disk, "8963f7", SignerOutcome::good, true);
  const KernelKeys keys(facts, &facts.trees.front());
  EXPECT_NE(keys.doubt(), "");
  EXPECT_EQ(keys.keys().front().certificate, "");
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
