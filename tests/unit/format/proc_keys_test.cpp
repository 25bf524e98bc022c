// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/proc_keys.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

constexpr std::string_view typical =
    "0281ef3d I------     1 perm 1f0b0000     0     0 keyring   .secondary_trusted_keys: 1\n"
    "046d5a7a I------     1 perm 1f0b0000     0     0 keyring   .platform: empty\n"
    "0911e1e8 I------     1 perm 1f030000     0     0 asymmetri Debian: CA: 6cce: X509.rsa b41 []\n"
    "0b79cba1 I--Q---     4 perm 1f3f0000     0 65534 keyring   _uid.0: 3\n"
    "not-a-serial I 1 perm 1f 0 0 keyring .x: 1\n"
    "short line\n";

TEST(ProcKeys, ReadsWholeDescriptions) {
  const auto keys = parse_proc_keys(typical);
  ASSERT_EQ(keys.size(), 4U);
  EXPECT_EQ(keys[2].serial, "0911e1e8");
  EXPECT_EQ(keys[2].type, "asymmetri");
  EXPECT_EQ(keys[2].description, "Debian: CA: 6cce: X509.rsa b41 []");
}

TEST(ProcKeys, TheKernelsKeyringsStartWithADot) {
  const auto keyrings = system_keyrings(parse_proc_keys(typical));
  ASSERT_EQ(keyrings.size(), 2U);
  EXPECT_EQ(keyrings[0].name, ".platform");
  EXPECT_EQ(keyrings[0].keys, 0U);
  EXPECT_EQ(keyrings[1].name, ".secondary_trusted_keys");
  EXPECT_EQ(keyrings[1].keys, 1U);
}

}  // namespace
}  // namespace kmodsec
