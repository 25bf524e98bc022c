// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_image_record.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

const KernelImage recorded_image{.version = "6.1 (a@b) #1 SMP",
                                 .build_id = "00ff",
                                 .trusted = {"\x30\x82"},
                                 .revoked = {"\x30\x83", "x"}};

TEST(KernelImageRecord, ComesBackWhole) {
  const auto record = parse_kernel_image_record(print_kernel_image_record(recorded_image));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->version, recorded_image.version);
  EXPECT_EQ(record->build_id, recorded_image.build_id);
  EXPECT_EQ(record->trusted, recorded_image.trusted);
  EXPECT_EQ(record->revoked, recorded_image.revoked);
}

TEST(KernelImageRecord, ACutOneIsNone) {
  const std::string text = print_kernel_image_record(recorded_image);
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
