// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/kernelctf_metadata.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(KernelCtfMetadata, CapabilitiesComeFromAUserNamespace) {
  const auto told = parse_kernelctf_metadata(R"({"vulnerability": {"cve": "CVE-2023-6111",
      "requirements": {"capabilities": ["CAP_NET_ADMIN"]}}})");
  ASSERT_TRUE(told);
  EXPECT_EQ(told->id, "2023-6111");
  EXPECT_EQ(told->trigger, "userns");
}

TEST(KernelCtfMetadata, WithoutAnyAUserIsEnough) {
  const auto told = parse_kernelctf_metadata(R"({"vulnerability": {"cve": "CVE-2023-6111"}})");
  ASSERT_TRUE(told);
  EXPECT_EQ(told->trigger, "user");
}

TEST(KernelCtfMetadata, RefusesWhatNamesNoCve) {
  for (const char* text : {"", "[]", "{}", R"({"vulnerability": {"cve": "6111"}})",
                           R"({"vulnerability": {"cve": ["CVE-2023-6111"]}})"})
    EXPECT_FALSE(parse_kernelctf_metadata(text)) << text;
}

}  // namespace
}  // namespace kmodsec
