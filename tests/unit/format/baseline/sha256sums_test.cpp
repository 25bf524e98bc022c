// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/baseline/sha256sums.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kmodsec {
namespace {

using ::testing::HasSubstr;

Baseline listed() {
  Baseline baseline;
  baseline.entries.push_back({.file = {"/boot/i:/x.ko", BaselineKind::image_module, "6.1"},
                              .sha256 = std::string(64, 'a'),
                              .payload_sha256 = "bb"});
  baseline.entries.push_back({.file = {"/lib/x.ko", BaselineKind::module, "6.1"},
                              .sha256 = std::string(64, 'b'),
                              .payload_sha256 = "bb"});
  baseline.entries.push_back({.file = {"/lib/y", BaselineKind::folder, "6.1"}});
  return baseline;
}

TEST(Sha256Sums, AListOfSumsHasWhatIsOnTheDisk) {
  const std::string sums = print_sha256sums(listed());
  EXPECT_EQ(sums, std::string(64, 'b') + "  /lib/x.ko\n");
  const auto list = parse_sha256sums(sums);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->entries.at(0).file.path, "/lib/x.ko");
  EXPECT_FALSE(records_folders(*list));
  EXPECT_FALSE(parse_sha256sums("not a sum\n"));
}

TEST(Sha256Sums, AListThatProvesNothingIsRefused) {
  const std::string one = std::string(64, 'b') + "  /lib/x.ko\n";
  const std::string other = std::string(64, 'c') + "  /lib/x.ko\n";
  EXPECT_THAT(parse_sha256sums("").error().reason, HasSubstr("no file"));
  EXPECT_THAT(parse_sha256sums(std::string(64, 'b') + "  lib/x.ko\n").error().reason,
              HasSubstr("line 1"));
  EXPECT_THAT(parse_sha256sums(one + other).error().reason, HasSubstr("twice"));
  EXPECT_EQ(parse_sha256sums(one + one)->entries.size(), 1U);
  EXPECT_EQ(parse_sha256sums(std::string(64, 'B') + "  /lib/x.ko\n")->entries.at(0).sha256,
            std::string(64, 'b'));
}

}  // namespace
}  // namespace kmodsec
