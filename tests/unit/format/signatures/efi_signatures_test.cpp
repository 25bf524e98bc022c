// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/efi_signatures.hpp"

#include <gtest/gtest.h>

#include "support/bytes.hpp"
#include "support/efi_lists.hpp"

namespace kmodsec {
namespace {

TEST(EfiSignatures, ReadsEveryEntryOfEveryList) {
  const std::string bytes =
      test::efi_list(test::efi_x509, {"certificate"}) +
      test::efi_list(test::efi_sha256, {std::string(32, 'a'), std::string(32, 'b')}) +
      test::efi_list(test::efi_x509_sha256, {std::string(48, 'c')}) +
      test::efi_list(std::string(16, 'x'), {"what no kernel reads"});
  const EfiSignatures found = parse_efi_signatures(bytes);
  EXPECT_FALSE(found.flaw);
  ASSERT_EQ(found.entries.size(), 5U);
  EXPECT_EQ(found.entries[0].type, EfiSignatureType::x509);
  EXPECT_EQ(found.entries[0].data, "certificate");
  EXPECT_EQ(found.entries[2].type, EfiSignatureType::sha256);
  EXPECT_EQ(found.entries[2].data, std::string(32, 'b'));
  EXPECT_EQ(found.entries[3].type, EfiSignatureType::x509_sha256);
  EXPECT_EQ(found.entries[4].type, EfiSignatureType::other);
}

TEST(EfiSignatures, AnEmptyVariableListsNothing) {
  const EfiSignatures found = parse_efi_signatures("");
  EXPECT_TRUE(found.entries.empty());
  EXPECT_FALSE(found.flaw);
}

TEST(EfiSignatures, SkipsTheHeaderOfAList) {
  const std::string bytes = test::efi_list(test::efi_x509, {"certificate"}, "header");
  const EfiSignatures found = parse_efi_signatures(bytes);
  ASSERT_EQ(found.entries.size(), 1U);
  EXPECT_EQ(found.entries[0].data, "certificate");
}

TEST(EfiSignatures, KeepsWhatStandsBeforeAFlaw) {
  const std::string good = test::efi_list(test::efi_x509, {"certificate"});
  for (std::size_t cut = 1; cut < good.size(); ++cut) {
    const std::string bytes = good + good.substr(0, cut);
    const EfiSignatures found = parse_efi_signatures(bytes);
    EXPECT_TRUE(found.flaw) << cut;
    EXPECT_EQ(found.entries.size(), 1U) << cut;
  }
}

TEST(EfiSignatures, RefusesSizesThatAKernelRefuses) {
  constexpr std::size_t list_size = 16;
  constexpr std::size_t header_size = 20;
  constexpr std::size_t entry_size = 24;
  const std::string good = test::efi_list(test::efi_x509, {"certificate"});
  for (const std::size_t field : {list_size, header_size, entry_size}) {
    for (const char value : {'\x07', '\x10', '\xFF'}) {
      std::string bad = good;
      bad[field] = value;
      EXPECT_TRUE(parse_efi_signatures(bad).flaw) << field << " " << int{value};
    }
  }
}

TEST(EfiSignatures, ReadsWhatEfitoolsWrites) {
  const std::string bytes = test::corpus("efi_signatures_fuzz/efitools");
  const EfiSignatures found = parse_efi_signatures(bytes);
  EXPECT_FALSE(found.flaw);
  ASSERT_EQ(found.entries.size(), 2U);
  EXPECT_EQ(found.entries[0].type, EfiSignatureType::x509);
  EXPECT_EQ(found.entries[0].data.substr(0, 2), "\x30\x82") << "DER begins with a long sequence";
  EXPECT_EQ(found.entries[1].type, EfiSignatureType::sha256);
  EXPECT_EQ(found.entries[1].data.size(), 32U);
}

}  // namespace
}  // namespace kmodsec
