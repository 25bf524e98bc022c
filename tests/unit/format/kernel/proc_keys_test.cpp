// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/proc_keys.hpp"

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
  EXPECT_EQ(keys[2].serial, 0x0911e1e8U);
  EXPECT_EQ(keys[2].type, "asymmetri");
  EXPECT_EQ(keys[2].description, "Debian: CA: 6cce: X509.rsa b41 []");
}

TEST(ProcKeys, TheKernelsKeyringsStartWithADot) {
  const auto keys = parse_proc_keys(typical);
  const auto secondary = parse_system_keyring(keys[0]);
  ASSERT_TRUE(secondary);
  EXPECT_EQ(secondary->name, ".secondary_trusted_keys");
  EXPECT_EQ(secondary->keys, 1U);
  EXPECT_EQ(parse_system_keyring(keys[1])->keys, 0U);
  EXPECT_FALSE(parse_system_keyring(keys[2]));
  EXPECT_FALSE(parse_system_keyring(keys[3]));
}

TEST(ProcKeys, TakesAKeyApartFromItsEnd) {
  const auto key = parse_asymmetric_key(parse_proc_keys(typical)[2]);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->subject, "Debian: CA") << "a subject may hold the separator";
  EXPECT_EQ(key->id, "6cce");
  EXPECT_FALSE(parse_asymmetric_key(parse_proc_keys(typical)[0]));
  EXPECT_FALSE(parse_asymmetric_key({1, "asymmetri", "no separators"}));
}

}  // namespace
}  // namespace kmodsec
