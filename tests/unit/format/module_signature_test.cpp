// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/module_signature.hpp"

#include <gtest/gtest.h>

#include "support/module_builder.hpp"

namespace kmodsec {
namespace {

TEST(ModuleSignature, AbsentMeansUnsigned) {
  EXPECT_EQ(parse_module_signature("just bytes").status, SignatureStatus::unsigned_);
  EXPECT_EQ(parse_module_signature("").status, SignatureStatus::unsigned_);
}

TEST(ModuleSignature, ReadsTheSignerAndIsNotAVerdict) {
  const Signature signature = parse_module_signature(test::signed_module("payload", "Some key"));
  EXPECT_EQ(signature.status, SignatureStatus::unknown) << "reading is not verifying";
  EXPECT_EQ(signature.id_type, "PKCS#7");
  EXPECT_EQ(signature.signer, "Some key");
  EXPECT_EQ(signature.key_id, "66:F5:4E");
  EXPECT_EQ(signature.hash_algorithm, "sha256");
  EXPECT_EQ(signature.value.size(), 256 * 3 - 1);
}

TEST(ModuleSignature, ReadsSignersNamedByKeyId) {
  const Signature signature =
      parse_module_signature(test::signed_module("payload", "Some key", true));
  EXPECT_EQ(signature.signer, "");
  EXPECT_EQ(signature.key_id.size(), 20 * 3 - 1);
}

TEST(ModuleSignature, SplitsOffExactlyThePayload) {
  const std::string module = test::with_trailer("payload", "cms");
  const auto parts = split_signature(module);
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->payload, "payload");
  EXPECT_EQ(parts->cms, "cms");
}

TEST(ModuleSignature, RefusesTrailersThatAKernelRefuses) {
  const std::string good = test::with_trailer("payload", "cms");
  const std::size_t trailer = good.size() - 28 - 12;
  for (const std::size_t field : {0U, 1U, 2U, 3U, 4U, 5U, 7U}) {
    std::string bad = good;
    bad[trailer + field] = '\x05';
    EXPECT_EQ(parse_module_signature(bad).status, SignatureStatus::malformed) << "field " << field;
  }
  std::string too_long = good;
  too_long[trailer + 8] = '\x7f';
  EXPECT_EQ(parse_module_signature(too_long).status, SignatureStatus::malformed);
  EXPECT_EQ(parse_module_signature("~Module signature appended~\n").status,
            SignatureStatus::malformed);
  EXPECT_EQ(parse_module_signature(good).reason, "the signature is not DER-encoded PKCS#7");
}

}  // namespace
}  // namespace kmodsec
