// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/cpio.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "support/cpio_builder.hpp"
#include "support/sipped_stream.hpp"

namespace kmodsec::test {
namespace {

using Entries = std::vector<CpioEntry>;

bool keep_all(const CpioEntry&, std::string_view) { return true; }

Result<Entries> entries_of(ByteStream& bytes, const KeepContent& keep = keep_all) {
  Entries entries;
  const Result<void> read = read_cpio(bytes, keep, entries);
  if (!read) return std::unexpected(read.error());
  return entries;
}

Result<Entries> entries_of(std::string_view bytes, const KeepContent& keep = keep_all) {
  WholeStream stream(bytes);
  return entries_of(stream, keep);
}

std::string content_of(const CpioEntry& entry) { return std::string(entry.content.view()); }

std::map<std::string, std::string> contents(const Result<Entries>& entries) {
  if (!entries) return {{"error", entries.error().reason}};
  std::map<std::string, std::string> all;
  for (const CpioEntry& entry : *entries) all[entry.path] = content_of(entry);
  return all;
}

std::map<std::string, std::string> contents(std::string_view bytes) {
  return contents(entries_of(bytes));
}

using Contents = std::map<std::string, std::string>;

TEST(Cpio, EntriesComeAsTheyStand) {
  const std::string archive =
      cpio({cpio_folder("."), cpio_folder("./lib", 0700), {"./lib/a.ko", "odd"}, {"b", ""}});
  WholeStream stream(archive);
  const auto entries = entries_of(stream);
  ASSERT_TRUE(entries) << to_string(entries.error());
  ASSERT_EQ(entries->size(), 4);
  EXPECT_EQ(stream.position(), archive.size());
  EXPECT_EQ((*entries)[1].path, "./lib");
  EXPECT_EQ((*entries)[1].mode, 0040700);
  EXPECT_EQ(content_of((*entries)[2]), "odd");
  EXPECT_EQ((*entries)[2].size, 3);
  EXPECT_EQ((*entries)[2].uid, 7);
  EXPECT_EQ((*entries)[2].gid, 8);
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
  const std::string both = archive + "\x1f\x8b";
  WholeStream stream(both);
  ASSERT_TRUE(entries_of(stream));
  EXPECT_EQ(stream.position(), archive.size());
  EXPECT_TRUE(entries_of("")->empty());
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
    SippedStream stream(std::string_view(entry).substr(0, size));
    const auto entries = entries_of(stream);
    ASSERT_FALSE(entries) << "cut at " << size;
    EXPECT_EQ(entries.error().kind, ErrorKind::malformed);
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
    ASSERT_FALSE(entries_of(bytes)) << bytes;
    EXPECT_EQ(entries_of(bytes).error().kind, ErrorKind::malformed);
  }
  EXPECT_EQ(entries_of("070707" + good.substr(6)).error().kind, ErrorKind::unsupported);
}

TEST(Cpio, EntriesAreAligned) {
  const std::string good = cpio({{"a", "1"}});
  EXPECT_EQ(entries_of(good + std::string(1, '\0') + good).error().reason,
            "a cpio entry is not aligned");
}

TEST(Cpio, ASizeBeyondTheArchiveIsACut) {
  std::string entry = cpio_entry({"a", "content"});
  entry.replace(54, 8, "FFFFFFFF");
  EXPECT_EQ(contents(entry), (Contents{{"error", "the content of a cpio entry is cut short"}}));
  entry.replace(54, 8, "-0000001");
  EXPECT_EQ(contents(entry), (Contents{{"error", "not a number in the header of a cpio entry"}}));
}

TEST(Cpio, ComesWithAnyBorders) {
  const std::string archive = cpio({cpio_folder("./lib", 0700),
                                    {"./lib/a.ko", "odd"},
                                    cpio_link("link", "where/it/leads"),
                                    {"first", "", 0100644, 5, 2},
                                    {std::string(4000, 'x'), std::string(70'001, 'y')},
                                    {"second", "both", 0100644, 5, 2}}) +
                              std::string(509, '\0') + cpio({{"b", "2"}});
  for (std::size_t size = archive.size() - 700; size <= archive.size(); ++size) {
    const std::string_view bytes = std::string_view(archive).substr(0, size);
    SippedStream sipped(bytes);
    EXPECT_EQ(contents(entries_of(sipped)), contents(bytes)) << size;
  }
}

TEST(Cpio, ContentIsKeptByChoice) {
  const std::string archive = cpio({{"a", "a kept one"},
                                    {"b", "another one, of more than sixteen bytes"},
                                    cpio_link("link", "a"),
                                    {"name", "", 0100644, 5, 2},
                                    {"same", "linked", 0100644, 5, 2}});
  std::vector<std::string> heads;
  const auto keep = [&](const CpioEntry& entry, std::string_view head) {
    heads.emplace_back(head);
    return entry.path == "a" && entry.size == 10;
  };
  SippedStream stream(archive);
  const auto entries = entries_of(stream, keep);
  EXPECT_EQ(
      contents(entries),
      (Contents{
          {"a", "a kept one"}, {"b", ""}, {"link", "a"}, {"name", "linked"}, {"same", "linked"}}));
  EXPECT_EQ(heads, (std::vector<std::string>{"a kept one", "another one, of more than sixtee"}));
  EXPECT_EQ((*entries)[1].size, 39);
  EXPECT_EQ((*entries)[3].size, 6);
  EXPECT_EQ((*entries)[3].content.view().data(), (*entries)[4].content.view().data());
}

TEST(Cpio, HalfAMillionEntriesAreEnough) {
  std::string archive;
  const std::string entry = cpio_entry({"a", ""});
  for (int i = 0; i <= 500'000; ++i) archive += entry;
  EXPECT_EQ(entries_of(archive).error().kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace kmodsec::test
