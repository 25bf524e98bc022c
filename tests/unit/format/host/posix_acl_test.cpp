// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/posix_acl.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/posix_acl_builder.hpp"

namespace kmodsec {
namespace {

using test::acl_attribute;

constexpr std::uint16_t owner = 0x01;
constexpr std::uint16_t user = 0x02;
constexpr std::uint16_t owning_group = 0x04;
constexpr std::uint16_t group = 0x08;
constexpr std::uint16_t mask = 0x10;
constexpr std::uint16_t others = 0x20;

/// Who may write, as "tag:id".
std::string writers(const std::string& attribute) {
  const auto entries = parse_posix_acl(attribute);
  if (!entries) return "malformed";
  std::string text;
  for (const AclEntry& entry : *entries) {
    if (entry.may_write)
      text += std::to_string(static_cast<int>(entry.tag)) + ":" + std::to_string(entry.id) + " ";
  }
  return text;
}

TEST(PosixAcl, NamesUsersAndGroups) {
  EXPECT_EQ(writers(acl_attribute({{owner, 4, 0},
                                   {user, 6, 1000},
                                   {user, 4, 1001},
                                   {owning_group, 4, 0},
                                   {group, 2, 27},
                                   {mask, 7, 0},
                                   {others, 4, 0}})),
            "1:1000 3:27 ");
}

TEST(PosixAcl, TheMaskTakesAwayFromAllButTheOwnerAndOthers) {
  EXPECT_EQ(writers(acl_attribute({{others, 6, 0},
                                   {user, 6, 1000},
                                   {group, 6, 27},
                                   {owning_group, 6, 0},
                                   {owner, 6, 0},
                                   {mask, 4, 0}})),
            "4:0 0:0 ");
}

TEST(PosixAcl, WhatNoKernelReadsIsMalformed) {
  EXPECT_EQ(writers(""), "malformed");
  EXPECT_EQ(writers(acl_attribute({{user, 6, 1000}}, 1)), "malformed");
  EXPECT_EQ(writers(acl_attribute({{user, 6, 1000}}) + "x"), "malformed");
  EXPECT_EQ(writers(acl_attribute({{user, 6, 1000}}).substr(0, 11)), "malformed");
  EXPECT_EQ(writers(acl_attribute({{0x40, 6, 1000}})), "malformed");
  EXPECT_EQ(writers(acl_attribute({{user, 8, 1000}})), "malformed");
}

}  // namespace
}  // namespace kmodsec
