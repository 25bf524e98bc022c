// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/baseline/baseline_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kmodsec {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Baseline baseline() {
  Baseline baseline{
      .generation = 2, .time = 1'790'000'000, .reason = "a \"test\"", .previous = "00"};
  baseline.entries.push_back({.file = {"/boot/i:/x.ko", BaselineKind::image_module, "6.1"},
                              .sha256 = std::string(64, 'a'),
                              .payload_sha256 = "bb"});
  baseline.entries.push_back(
      {.file = {"/lib/x.ko", BaselineKind::module, "6.1"},
       .sha256 = std::string(64, 'b'),
       .payload_sha256 = "bb",
       .attributes = FileAttributes{.size = 5, .mode = 0644, .link = "y", .capabilities = "01"},
       .signature = SignatureStatus::valid,
       .package = PackageClaim{"linux", "1", PackageLevel::db_match}});
  baseline.digest = digest_of(baseline);
  return baseline;
}

TEST(BaselineRecord, IsReadBackAsItWas) {
  const auto again = parse_baseline(print_baseline(baseline()));
  ASSERT_TRUE(again) << again.error().reason;
  EXPECT_EQ(again->reason, "a \"test\"");
  EXPECT_EQ(print_baseline(*again), print_baseline(baseline()));
}

TEST(BaselineRecord, OfAnOlderFormatSaysNothingOfFoldersAndHosts) {
  Baseline older = baseline();
  older.format = format_without_folders;
  older.digest = digest_of(older);
  const std::string text = print_baseline(older);
  EXPECT_THAT(text, HasSubstr("\"kmodsec.baseline/1\""));
  EXPECT_THAT(text, Not(HasSubstr("machine")));
  const auto again = parse_baseline(text);
  ASSERT_TRUE(again) << again.error().reason;
  EXPECT_FALSE(records_folders(*again));
  EXPECT_EQ(print_baseline(*again), text);
}

TEST(BaselineRecord, ALinkHasTheAttributesOfItsTarget) {
  BaselineEntry entry = baseline().entries[1];
  EXPECT_THAT(print_baseline_entry(entry), Not(HasSubstr("target")));
  entry.attributes->target = LinkTarget{0666, 5, 6};
  const auto again = parse_baseline_entry(print_baseline_entry(entry));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->attributes, entry.attributes);
  EXPECT_FALSE(parse_baseline_entry(
      R"({"path":"/a","kind":"module","kernel":"","sha256":"","payload_sha256":"",)"
      R"("attributes":{"size":0,"mode":0,"uid":0,"gid":0,"link":"","capabilities":"","target":1},)"
      R"("signature":"","package":null})"));
}

TEST(BaselineRecord, NamesItsHost) {
  Baseline of_host = baseline();
  of_host.machine = "00ff";
  of_host.digest = digest_of(of_host);
  const auto again = parse_baseline(print_baseline(of_host));
  ASSERT_TRUE(again) << again.error().reason;
  EXPECT_EQ(again->machine, "00ff");
  EXPECT_TRUE(records_folders(*again));
}

TEST(BaselineRecord, ADigestCoversEveryField) {
  const std::string text = print_baseline(baseline());
  for (const auto& [was, now] : std::vector<std::pair<std::string, std::string>>{
           {"\"generation\":2", "\"generation\":3"},
           {"1790000000", "1790000001"},
           {"\"previous\":\"00\"", "\"previous\":\"\""},
           {"valid", "unsigned"},
           {"\"mode\":420", "\"mode\":511"},
           {"db-match", "unowned"},
           {"/lib/x.ko", "/lib/y.ko"}}) {
    std::string altered = text;
    altered.replace(altered.find(was), was.size(), now);
    const auto read = parse_baseline(altered);
    ASSERT_FALSE(read) << now;
    EXPECT_THAT(read.error().reason, HasSubstr("altered"));
  }
}

TEST(BaselineRecord, NamesTheLineThatIsNone) {
  EXPECT_THAT(parse_baseline("").error().reason, HasSubstr("no baseline"));
  EXPECT_THAT(parse_baseline(print_baseline(baseline()) + "x\n").error().reason,
              HasSubstr("line 4"));
  EXPECT_THAT(parse_baseline("{\"schema\":\"kmodsec.baseline/9\"}\n").error().reason,
              HasSubstr("format"));
}

}  // namespace
}  // namespace kmodsec
