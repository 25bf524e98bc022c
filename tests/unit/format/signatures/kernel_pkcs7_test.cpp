// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_pkcs7.hpp"

#include <gtest/gtest.h>

#include "support/signed_data.hpp"
#include "support/signer.hpp"

namespace kmodsec {
namespace {

using namespace std::string_literals;
using test::element;
using test::SignedData;

std::string answer_to(const std::string& message) {
  const auto read = parse_kernel_message(message);
  return read ? "" : std::string(to_string(read.error().error));
}

std::string answer(const SignedData& data) { return answer_to(data.encoded()); }

std::string algorithm(std::string_view oid) { return element(0x30, element(0x06, oid)); }

const std::string key_id_form = element(0x80, "key id");
const std::string null = element(0x05, "");
const std::string attribute =
    element(0x30, element(0x06, "\x2a\x03") + element(0x31, element(0x05, "")));

TEST(KernelMessage, ReadsWhoSignedAndHow) {
  const std::string bytes = SignedData{}.encoded();
  const auto message = parse_kernel_message(bytes);
  ASSERT_TRUE(message) << message.error().reason;
  ASSERT_EQ(message->signers.size(), 1U);
  const KernelSigner& signer = message->signers.front();
  EXPECT_EQ(signer.id, "\7" + SignedData::name("Some key").substr(2));
  EXPECT_EQ(signer.signature.digest, KernelOid::sha256);
  EXPECT_EQ(signer.signature.kind, KernelKeyKind::rsa);
  EXPECT_EQ(signer.signature.value, "number");
  EXPECT_TRUE(message->needs.empty());
}

TEST(KernelMessage, VersionsMustFitEachOtherAndTheNameOfTheSigner) {
  const auto versions = [](const char* data, const char* signer, const std::string& id) {
    SignedData made{.version = element(0x02, data), .signer_version = element(0x02, signer)};
    if (!id.empty()) made.signer_id = id;
    return answer(made);
  };
  EXPECT_EQ(versions("\1", "\1", ""), "");
  EXPECT_EQ(versions("\3", "\3", key_id_form), "");
  EXPECT_EQ(versions("\1", "\3", key_id_form), "EBADMSG");
  EXPECT_EQ(versions("\3", "\1", ""), "EBADMSG");
  EXPECT_EQ(versions("\4", "\1", ""), "EINVAL");
  EXPECT_EQ(versions("\1", "\2", ""), "EINVAL");
  EXPECT_EQ(answer({.signer_version = element(0x02, std::string("\0", 1))}), "EINVAL");
  EXPECT_EQ(answer({.version = element(0x02, std::string("\0\1", 2))}), "EINVAL") << "padded";
}

TEST(KernelMessage, TheOtherFormOfNameNamesNobody) {
  const std::string by_issuer =
      SignedData{.version = element(0x02, "\3"), .signer_version = element(0x02, "\3")}.encoded();
  const auto message = parse_kernel_message(by_issuer);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->signers.front().id, "");
}

TEST(KernelMessage, MethodsAreThoseOfTheKernel) {
  const auto digest = [](std::string_view oid) { return answer({.digest = algorithm(oid)}); };
  const auto method = [](std::string_view oid) { return answer({.method = algorithm(oid)}); };
  EXPECT_EQ(digest("\x60\x86\x48\x01\x65\x03\x04\x02\x03"), "");
  EXPECT_EQ(digest("\x60\x86\x48\x01\x65\x03\x04\x02\x05"), "ENOPKG") << "SHA-512/224";
  EXPECT_EQ(method("\x2a\x86\x48\xce\x3d\x04\x03\x02"), "") << "ECDSA with SHA-256";
  EXPECT_EQ(method("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b"), "ENOPKG") << "SHA-256 with RSA";
  EXPECT_EQ(method("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a"), "ENOPKG") << "RSA-PSS";
}

TEST(KernelMessage, WhatOnlySomeKernelsKnowIsNamed) {
  const auto needs = [](const SignedData& data) {
    const auto message = parse_kernel_message(data.encoded());
    return message ? message->needs : std::vector<std::string>{"refused"};
  };
  EXPECT_EQ(needs({.digest = algorithm("\x2a\x86\x48\x86\xf7\x0d\x02\x05")}),
            std::vector<std::string>{"md5"});
  EXPECT_EQ(needs({.digest = algorithm("\x60\x86\x48\x01\x65\x03\x04\x02\x08")}),
            std::vector<std::string>{"sha3-256"});
  EXPECT_EQ(needs({.method = algorithm("\x60\x86\x48\x01\x65\x03\x04\x03\x11")}),
            std::vector<std::string>{"ml-dsa"});
}

TEST(KernelMessage, SignedAttributesAreForMlDsaAlone) {
  const auto encoded_attribute = [](std::string_view oid, const std::string& value) {
    return element(0x30, element(0x06, oid) + element(0x31, value));
  };
  const std::string attributes = element(
      0xa0, encoded_attribute("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03",
                              element(0x06, "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01")) +
                encoded_attribute("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04", element(0x04, "digest")));
  EXPECT_EQ(answer({.signed_attributes = attributes}), "EKEYREJECTED");
  const std::string encoded =
      SignedData{.signed_attributes = attributes,
                 .method = algorithm("\x60\x86\x48\x01\x65\x03\x04\x03\x12")}
          .encoded();
  const auto message = parse_kernel_message(encoded);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->needs, (std::vector<std::string>{"ml-dsa", "signed-attributes"}));
  EXPECT_EQ(message->signers.front().attributes, attributes);
  EXPECT_EQ(message->signers.front().message_digest, "digest");
}

TEST(KernelMessage, SetsMayNotBeEmptyButMayBeSequences) {
  EXPECT_EQ(answer({.digests = element(0x31, "")}), "EBADMSG");
  EXPECT_EQ(answer({.digests = ""}), "EBADMSG");
  EXPECT_EQ(answer({.digests = element(0x30, SignedData::sha256())}), "");
  EXPECT_EQ(answer({.tag_of_signers = "\x30"}), "");
  EXPECT_EQ(answer({.digests = element(0x11, SignedData::sha256())}), "")
      << "nobody looks at the bit that says constructed";
}

TEST(KernelMessage, ContentIsOutsideAndPlain) {
  EXPECT_EQ(answer({.content = element(0xa0, element(0x04, "content"))}), "EBADMSG");
  EXPECT_EQ(answer({.content_kind = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"}), "EINVAL");
  EXPECT_EQ(answer({.content_kind = "\x2b\x06\x01\x04\x01\x82\x37\x02\x01\x04"}), "EBADMSG")
      << "Authenticode without attributes";
  EXPECT_EQ(answer({.kind = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"}), "EINVAL");
}

TEST(KernelMessage, TheNumberIsOnePrimitiveString) {
  EXPECT_EQ(answer({.number = element(0x24, element(0x04, "num") + element(0x04, "ber"))}),
            "EBADMSG");
  EXPECT_EQ(answer({.number = element(0x03, "number")}), "EBADMSG");
}

TEST(KernelMessage, AttributesOfTwoFormsAreOverlooked) {
  EXPECT_EQ(answer({.signed_attributes = element(0xa0, attribute)}), "EBADMSG");
  EXPECT_EQ(answer({.signed_attributes = element(0xa2, element(0x30, attribute))}), "");
  EXPECT_EQ(answer({.other_attributes = element(0xa1, attribute)}), "");
  EXPECT_EQ(answer({.other_attributes = element(0xa3, attribute)}), "");
  EXPECT_EQ(answer({.other_attributes = element(0xa1, "")}), "EBADMSG");
}

TEST(KernelMessage, CertificatesAreCertificates) {
  const test::Signer signer("Some key");
  const std::string certificate = signer.certificate();
  EXPECT_EQ(answer({.certificates = element(0xa0, certificate)}), "");
  EXPECT_EQ(answer({.certificates = element(0xa2, certificate)}), "");
  EXPECT_EQ(answer({.certificates = element(0xa1, element(0x30, certificate))}), "");
  EXPECT_EQ(answer({.certificates = element(0xa0, "")}), "") << "the one set that may be empty";
  EXPECT_EQ(answer({.certificates = element(0xa2, "")}), "EBADMSG");
  EXPECT_EQ(answer({.certificates = element(0xa0, null)}), "EBADMSG");
  std::string extended = certificate;
  extended.front() = '\xa0';
  EXPECT_EQ(answer({.certificates = element(0xa0, extended)}), "EBADMSG");
  std::string forged = certificate;
  forged.back() = static_cast<char>(forged.back() ^ 1);
  EXPECT_NE(answer({.certificates = element(0xa0, forged)}), "") << "it claims to be by itself";
}

TEST(KernelMessage, LengthsOfAnyWidthUpToTwoBytesWillDo) {
  const std::string good = SignedData{}.encoded();
  EXPECT_EQ(answer_to(good + "behind"), "");
  EXPECT_EQ(answer_to(good + std::string(65535 - good.size(), '\0')), "");
  EXPECT_EQ(answer_to(good + std::string(65536 - good.size(), '\0')), "EMSGSIZE");
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_EQ(answer_to(good.substr(0, size)), "EBADMSG") << size;
  EXPECT_EQ(answer({.number = "\x04\x82\0\6number"s}), "");
  EXPECT_EQ(answer({.number = "\x04\x83\0\0\6number"s}), "EBADMSG");
  EXPECT_EQ(answer({.number = "\x04\x80number\0\0"s}), "EBADMSG") << "primitive";
  EXPECT_EQ(answer({.digests = "\x31\x80"s + SignedData::sha256() + "\0\0"s}), "");
  EXPECT_EQ(answer({.digests = "\x31\x80"s + SignedData::sha256() + "\0\1"s}), "EBADMSG");
}

TEST(KernelMessage, NobodySigned) {
  const std::string without = element(0x30, element(0x06, "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"));
  EXPECT_EQ(answer_to(without), "EINVAL");
}

}  // namespace
}  // namespace kmodsec
