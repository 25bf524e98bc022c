// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/certificate.hpp"

#include <gtest/gtest.h>

#include "support/signer.hpp"

namespace kmodsec {
namespace {

TEST(Certificate, IsReadFromDerFromPemAndFromSeveralInARow) {
  const test::Signer one("One", 1);
  const test::Signer two("Two", 2);
  EXPECT_EQ(parse_certificates(one.certificate())->size(), 1U);
  EXPECT_EQ(parse_certificates(one.certificate() + two.certificate())->size(), 2U);
  const auto from_pem = parse_certificates("a comment\n" + one.pem() + two.pem());
  ASSERT_TRUE(from_pem);
  EXPECT_EQ(from_pem->front(), one.certificate());
  EXPECT_EQ(from_pem->back(), two.certificate());
}

TEST(Certificate, WhatIsNoneIsAnError) {
  const std::string der = test::Signer("One").certificate();
  for (const std::string& bytes :
       {std::string{}, std::string("text"), der.substr(0, der.size() - 1),
        std::string("-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n"),
        std::string(
            "-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n"
            "\nAAAA\n-----END CERTIFICATE-----\n"),
        std::string("\x30\x82\xff\xff", 4)})
    EXPECT_EQ(parse_certificates(bytes).error().kind, ErrorKind::malformed);
}

TEST(Certificate, IsDescribedAsTheKernelShowsIt) {
  const auto described = describe_certificate(test::Signer("Some key", 5).certificate());
  ASSERT_TRUE(described);
  EXPECT_EQ(described->subject, "Some key");
  EXPECT_GE(described->key_id.size(), 38U) << "the subject key id, not the serial number; a "
                                              "leading zero byte is left out";
  EXPECT_EQ(described->fingerprint.size(), 64U);
  EXPECT_EQ(described->tbs_sha256.size(), 64U);
  EXPECT_TRUE(described->self_signed);
}

TEST(Certificate, OneThatAnotherIssuedIsNotSelfSigned) {
  const test::Signer authority("Authority", 1);
  EXPECT_FALSE(describe_certificate(test::Signer("Leaf", 2, authority).certificate())->self_signed);
}

}  // namespace
}  // namespace kmodsec
