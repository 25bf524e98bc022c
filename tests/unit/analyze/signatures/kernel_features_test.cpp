// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/kernel_features.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

Support support(const std::string& release, const std::string& need, KernelConfig config = {}) {
  config.emplace("CONFIG_CRYPTO_SHA256", "y");
  return KernelFeatures(release, config).all({need}).support;
}

TEST(KernelFeatures, DependOnTheVersion) {
  const KernelConfig md5 = {{"CONFIG_CRYPTO_MD5", "y"}};
  const KernelConfig sha3 = {{"CONFIG_CRYPTO_SHA3", "y"}};
  EXPECT_EQ(support("6.1.0-26-amd64", "md5", md5), Support::yes);
  EXPECT_EQ(support("6.12.9", "md5", md5), Support::no);
  EXPECT_EQ(support("6.1.0-26-amd64", "sha3-256", sha3), Support::no);
  EXPECT_EQ(support("6.12.9", "sha3-256", sha3), Support::yes);
  EXPECT_EQ(support("6.1.0", "sha1"), Support::yes);
  EXPECT_EQ(support("6.8.0", "sha1"), Support::unsure) << "it went, and came back";
  EXPECT_EQ(support("6.12.0", "sha1"), Support::yes);
  EXPECT_EQ(support("6.18.0", "ml-dsa"), Support::no);
  EXPECT_EQ(support("7.0.0", "ml-dsa"), Support::no) << "not built in";
  EXPECT_EQ(support("7.0.0", "ml-dsa", {{"CONFIG_CRYPTO_MLDSA", "y"}}), Support::yes);
  EXPECT_EQ(support("6.19.0", "signed-attributes"), Support::no);
}

TEST(KernelFeatures, DependOnTheBuild) {
  EXPECT_EQ(support("6.12.0", "ecdsa"), Support::no);
  EXPECT_EQ(support("6.12.0", "ecdsa", {{"CONFIG_CRYPTO_ECDSA", "m"}}), Support::unsure);
  EXPECT_EQ(support("6.12.0", "ecdsa", {{"CONFIG_CRYPTO_ECDSA", "y"}}), Support::yes);
  EXPECT_EQ(support("6.1.0", "ecdsa-nist-p521", {{"CONFIG_CRYPTO_ECDSA", "y"}}), Support::no);
  EXPECT_EQ(KernelFeatures("6.12.0", KernelConfig{{"CONFIG_MODULES", "y"}}).all({"ecdsa"}).support,
            Support::unsure)
      << "what was kept of the options says nothing of that";
  EXPECT_EQ(KernelFeatures("6.12.0", Seen<KernelConfig>()).all({"ecdsa"}).support, Support::unsure);
}

TEST(KernelFeatures, AreUnsureWhereTheVersionSaysLittle) {
  EXPECT_EQ(support("5.14.0-503.el9.x86_64", "sha3-256"), Support::no) << "not built in";
  EXPECT_EQ(support("5.14.0-503.el9.x86_64", "sha3-256", {{"CONFIG_CRYPTO_SHA3", "y"}}),
            Support::unsure);
  EXPECT_EQ(support("unknown", "md5", {{"CONFIG_CRYPTO_MD5", "y"}}), Support::unsure);
  EXPECT_EQ(support("6.12.0", "something else"), Support::unsure);
}

TEST(KernelFeatures, TheWorstDecides) {
  const KernelFeatures kernel("6.12.0", KernelConfig{{"CONFIG_CRYPTO_ECDSA", "m"}});
  EXPECT_EQ(kernel.all({}).support, Support::yes);
  EXPECT_EQ(kernel.all({"ecdsa"}).need, "ecdsa");
  const auto answer = kernel.all({"ecdsa", "md4", "sha1"});
  EXPECT_EQ(answer.support, Support::no);
  EXPECT_EQ(answer.need, "md4");
  EXPECT_EQ(answer.error, KernelErrno::enopkg);
}

}  // namespace
}  // namespace kmodsec
