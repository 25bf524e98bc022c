// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cpio.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "support/cpio_builder.hpp"

namespace kmodsec::test {
namespace {

std::map<std::string, std::string> contents(std::string_view bytes) {
  const auto archives = parse_cpio(bytes);
  if (!archives) return {{"error", archives.error().reason}};
  std::map<std::string, std::string> all;
  for (const CpioEntry& entry : archives->entries)
    all[std::string(entry.path)] = std::string(entry.content);
  return all;
}

using Contents = std::map<std::string, std::string>;

TEST(Cpio, EntriesComeAsTheyStand) {
  const std::string archive =
      cpio({cpio_folder("."), cpio_folder("./lib", 0700), {"./lib/a.ko", "odd"}, {"b", ""}});
  const auto archives = parse_cpio(archive);
  ASSERT_TRUE(archives) << to_string(archives.error());
  ASSERT_EQ(archives->entries.size(), 4);
  EXPECT_EQ(archives->size, archive.size());
  EXPECT_EQ(archives->entries[1].path, "./lib");
  EXPECT_EQ(archives->entries[1].mode, 0040700);
  EXPECT_EQ(archives->entries[2].content, "odd");
  EXPECT_EQ(archives->entries[2].uid, 7);
  EXPECT_EQ(archives->entries[2].gid, 8);
}

TEST(Cpio, ArchivesFollowEachOtherBehindZeros) {
  const std::string both = cpio({{"a", "1"}}) + std::string(512, '\0') + cpio({{"b", "2"}});
  EXPECT_EQ(contents(both), (Contents{{"a", "1"}, {"b", "2"}}));
}

TEST(Cpio, TheTrailerMayBeLeftOut) {
  EXPECT_EQ(contents(cpio_entry({"a", "1"}) + cpio_entry({"b", "2"})),
            (Contents{{"a", "1"}, {"b", "2"}}));
}

TEST(Cpio, TheLastPaddingMayBeLeftOut) {
  std::string entry = cpio_entry({"a", "1"});
  entry.resize(entry.size() - 3);
  EXPECT_EQ(contents(entry), (Contents{{"a", "1"}}));
}

TEST(Cpio, EndsBeforeOtherBytes) {
  const std::string archive = cpio({{"a", "1"}}) + std::string(5, '\0');
  const auto archives = parse_cpio(archive + "\x1f\x8b");
  ASSERT_TRUE(archives);
  EXPECT_EQ(archives->size, archive.size());
  EXPECT_TRUE(parse_cpio("")->entries.empty());
}

TEST(Cpio, TheChecksumFormatIsReadToo) {
  std::string archive = cpio({{"a", "1"}});
  archive[5] = '2';
  EXPECT_EQ(contents(archive), (Contents{{"a", "1"}}));
}

TEST(Cpio, HardLinksHaveTheContentOfTheLast) {
  const std::string archive = cpio({{"a", "", 0100644, 5, 3},
                                    {"other", "x", 0100644, 6},
                                    {"b", "", 0100644, 5, 3},
                                    {"c", "content", 0100644, 5, 3}});
  EXPECT_EQ(contents(archive),
            (Contents{{"a", "content"}, {"b", "content"}, {"c", "content"}, {"other", "x"}}));
}

TEST(Cpio, HardLinksEndAtTheTrailer) {
  const std::string both =
      cpio({{"a", "1", 0100644, 5, 2}}) + cpio({{"b", "2", 0100644, 5, 2}, cpio_folder("d")});
  EXPECT_EQ(contents(both), (Contents{{"a", "1"}, {"b", "2"}, {"d", ""}}));
}

TEST(Cpio, PathsEndAtTheirNul) {
  EXPECT_EQ(contents(cpio({{std::string("a\0b", 3), "1"}})), (Contents{{"a", "1"}}));
}

TEST(Cpio, ACutIsAnError) {
  const std::string entry = cpio_entry({"some/path", "content!"});
  for (std::size_t size = 1; size < entry.size(); ++size) {
    const auto archives = parse_cpio(std::string_view(entry).substr(0, size));
    ASSERT_FALSE(archives) << "cut at " << size;
    EXPECT_EQ(archives.error().kind, ErrorKind::malformed);
  }
}

TEST(Cpio, DamageIsAnError) {
  const std::string good = cpio({{"a", "1"}});
  std::string not_a_number = good;
  not_a_number[20] = 'g';
  std::string no_nul = good;
  no_nul[111] = 'x';
  const std::string no_path = good.substr(0, 94) + "00000000" + good.substr(102);
  const std::string long_path = cpio({{std::string(4096, 'x'), ""}});
  for (const std::string& bytes :
       {not_a_number, no_nul, no_path, long_path, std::string("0 junk")}) {
    ASSERT_FALSE(parse_cpio(bytes)) << bytes;
    EXPECT_EQ(parse_cpio(bytes).error().kind, ErrorKind::malformed);
  }
  EXPECT_EQ(parse_cpio("070707" + good.substr(6)).error().kind, ErrorKind::unsupported);
}

TEST(Cpio, EntriesAreAligned) {
  const std::string good = cpio({{"a", "1"}});
  const auto archives = parse_cpio(good + std::string(1, '\0') + good);
  ASSERT_FALSE(archives);
  EXPECT_EQ(archives.error().reason, "a cpio entry is not aligned");
}

TEST(Cpio, HalfAMillionEntriesAreEnough) {
  std::string archive;
  const std::string entry = cpio_entry({"a", ""});
  for (int i = 0; i <= 500'000; ++i) archive += entry;
  EXPECT_EQ(parse_cpio(archive).error().kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace kmodsec::test
