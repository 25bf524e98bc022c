// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/module_signature.hpp"

#include <gtest/gtest.h>

#include "support/module_builder.hpp"
#include "support/signer.hpp"

namespace kmodsec {
namespace {

SignatureForm form_of(std::string_view module) {
  return ModuleSignature::parse(module).fields().form;
}

TEST(ModuleSignature, AbsentMeansUnsigned) {
  EXPECT_EQ(ModuleSignature::parse("just bytes").fields().form, SignatureForm::absent);
  EXPECT_EQ(ModuleSignature::parse("").fields().form, SignatureForm::absent);
}

TEST(ModuleSignature, ReadsTheSignerAndIsNotAVerdict) {
  const std::string module = test::signed_module("payload", "Some key");
  const Signature signature = ModuleSignature::parse(module).fields();
  EXPECT_EQ(signature.form, SignatureForm::present);
  EXPECT_TRUE(signature.checks.empty()) << "reading is not verifying";
  EXPECT_EQ(signature.id_type, "PKCS#7");
  EXPECT_EQ(signature.signer, "Some key");
  EXPECT_EQ(signature.key_id, "66:F5:4E");
  EXPECT_EQ(signature.hash_algorithm, "sha256");
  EXPECT_EQ(signature.value.size(), 256 * 3 - 1);
}

TEST(ModuleSignature, ReadsSignersNamedByKeyId) {
  const std::string module = test::signed_module("payload", "Some key", true);
  const Signature signature = ModuleSignature::parse(module).fields();
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
    EXPECT_EQ(form_of(bad), SignatureForm::malformed) << "field " << field;
  }
  std::string too_long = good;
  too_long[trailer + 8] = '\x7f';
  EXPECT_EQ(form_of(too_long), SignatureForm::malformed);
  EXPECT_EQ(form_of("~Module signature appended~\n"), SignatureForm::absent);
  EXPECT_EQ(form_of("x~Module signature appended~\n"), SignatureForm::malformed);
  EXPECT_EQ(form_of(test::with_trailer("", "cms")), SignatureForm::malformed)
      << "a kernel wants something to be signed";
  EXPECT_EQ(ModuleSignature::parse(good).fields().reason,
            "the signature is not DER-encoded PKCS#7 (EBADMSG)");
}

TEST(ModuleSignature, RefusesMessagesThatAKernelRefuses) {
  const test::Signer signer("Some key");
  for (const test::SignOptions& options :
       {test::SignOptions{.attributes = true}, test::SignOptions{.enclosed = true}})
    EXPECT_EQ(form_of(signer.sign("payload", options)), SignatureForm::malformed);
}

}  // namespace
}  // namespace kmodsec
