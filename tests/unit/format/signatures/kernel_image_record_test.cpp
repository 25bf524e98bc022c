// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_image_record.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

const KernelImage typical{.version = "6.1 (a@b) #1 SMP",
                          .build_id = "00ff",
                          .trusted = {"\x30\x82"},
                          .revoked = {"\x30\x83", "x"}};

TEST(KernelImageRecord, ComesBackWhole) {
  const auto record = parse_kernel_image_record(print_kernel_image_record(typical));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->version, typical.version);
  EXPECT_EQ(record->build_id, typical.build_id);
  EXPECT_EQ(record->trusted, typical.trusted);
  EXPECT_EQ(record->revoked, typical.revoked);
}

TEST(KernelImageRecord, ACutOneIsNone) {
  const std::string text = print_kernel_image_record(typical);
  for (std::size_t size = 0; size + 1 < text.size(); ++size)
    EXPECT_FALSE(parse_kernel_image_record(text.substr(0, size))) << size;
}

TEST(KernelImageRecord, WhatDoesNotBelongThereSpoilsIt) {
  EXPECT_FALSE(parse_kernel_image_record("another heading\ntrusted 30\nend\n"));
  EXPECT_FALSE(parse_kernel_image_record("kmodsec kernel image 1\ntrusted 3\nend\n"));
  EXPECT_FALSE(parse_kernel_image_record("kmodsec kernel image 1\nunknown\ntrusted 30\nend\n"));
  EXPECT_FALSE(parse_kernel_image_record("kmodsec kernel image 1\nend\n")) << "trusts nobody";
}

}  // namespace
}  // namespace kmodsec
