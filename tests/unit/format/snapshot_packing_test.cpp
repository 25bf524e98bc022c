// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_packing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "format/snapshot.hpp"

namespace kmodsec {
namespace {

using ::testing::HasSubstr;

ModuleFile short_file(const std::string& name, std::vector<InfoField> info) {
  return {.path = "/lib/modules/6.1/kernel/" + name + ".ko",
          .name = name,
          .compression = "xz",
          .content = ModuleContent{.info = std::move(info), .own_name = name},
          .signature = Signature{.form = SignatureForm::present, .signer = "us"},
          .package = PackageClaim{"linux-image", "6.1", PackageLevel::db_match},
          .left_out = LeftOut::details};
}

/// Two modules, as depmod writes them down.
ModuleTree tree_of_two() {
  ModuleTree tree;
  tree.release = "6.1";
  tree.folder = "/lib/modules/6.1";
  tree.files = std::vector{
      short_file("fat", {{"depends", ""}, {"license", "GPL"}}),
      short_file("vfat", {{"alias", "fs-vfat"}, {"depends", "fat"}, {"license", "GPL"}})};
  tree.complete = true;
  tree.index =
      std::vector<IndexEntry>{{"vfat", "kernel/vfat.ko", {"fat"}}, {"fat", "kernel/fat.ko", {}}};
  tree.aliases = std::vector<AliasEntry>{{"fs-vfat", "vfat"}};
  tree.binary_index =
      std::vector<IndexEntry>{{"fat", "kernel/fat.ko", {}}, {"vfat", "kernel/vfat.ko", {"fat"}}};
  tree.binary_aliases = std::vector<AliasEntry>{{"fs_vfat", "vfat"}};
  tree.changelog = KernelChangelog{
      .path = "/changelog",
      .mentions = {{"2024-1", "6.1-1", "", ""}, {"2024-2", "6.1-1", "two", "6.1-2"}},
      .changes = {{"0123456789", "6.1-1", 2024}}};
  return tree;
}

Facts host_of(ModuleTree tree) {
  Facts facts;
  facts.trees.push_back(std::move(tree));
  return facts;
}

nlohmann::json document_of(const Facts& facts) {
  return {{"schema", compact_snapshot_schema}, {"facts", facts_to_compact_json(facts)}};
}

nlohmann::json& packed_of(nlohmann::json& document) {
  return document["facts"]["trees"][0]["packed"];
}

std::string complaint_about(const nlohmann::json& document) {
  const auto facts = parse_snapshot(document.dump());
  return facts ? "accepted" : facts.error().reason;
}

void expect_the_same(const Facts& facts) {
  const auto again = parse_snapshot(document_of(facts).dump());
  ASSERT_TRUE(again) << again.error().reason;
  EXPECT_EQ(facts_to_json(*again), facts_to_json(facts));
}

TEST(SnapshotPacking, GivesATreeBack) {
  const Facts facts = host_of(tree_of_two());
  nlohmann::json document = document_of(facts);
  const nlohmann::json& packed = packed_of(document);
  EXPECT_EQ(packed["binary_index"], "by_name");
  EXPECT_EQ(packed["binary_aliases"], "normalized");
  EXPECT_EQ(packed["files"]["kinds"].size(), 1U);
  EXPECT_EQ(packed["files"]["kind"].size(), 2U);
  EXPECT_TRUE(document["facts"]["trees"][0]["files"]["value"].empty());
  expect_the_same(facts);
}

TEST(SnapshotPacking, GivesBackWhatDepmodWouldNotWrite) {
  ModuleTree tree = tree_of_two();
  tree.index->push_back({"other_name", "kernel/name.ko", {"nowhere"}});
  tree.aliases->push_back({"fs-msdos", "nowhere"});
  tree.binary_aliases->push_back({"fs_msdos", "elsewhere"});
  tree.files->push_back(short_file("zzz", {{"depends", ",,"}}));
  tree.files->back().left_out = LeftOut::nothing;
  expect_the_same(host_of(tree));
  tree.aliases = failure(ErrorKind::denied, "/lib/modules/6.1/modules.alias", "hidden");
  expect_the_same(host_of(tree));
  tree.index = failure(ErrorKind::denied, "/lib/modules/6.1/modules.dep", "hidden");
  expect_the_same(host_of(tree));
  tree.files = failure(ErrorKind::denied, "/lib/modules/6.1", "hidden");
  expect_the_same(host_of(tree));
}

TEST(SnapshotPacking, RefusesWhatIsDamaged) {
  const nlohmann::json whole = document_of(host_of(tree_of_two()));
  const auto damaged = [&](const char* place, nlohmann::json value) {
    nlohmann::json document = whole;
    packed_of(document)[nlohmann::json::json_pointer(place)] = std::move(value);
    return complaint_about(document);
  };
  EXPECT_EQ(complaint_about(whole), "accepted");
  EXPECT_THAT(damaged("/index/depends/0/0", 7), HasSubstr("not there"));
  EXPECT_THAT(damaged("/index/depends/0/0", -1), HasSubstr("not there"));
  EXPECT_THAT(damaged("/index/paths/0", "Zx"), HasSubstr("before it"));
  EXPECT_THAT(damaged("/index/paths", nlohmann::json::array()), HasSubstr("without needs"));
  EXPECT_THAT(damaged("/aliases/counts/0", 9), HasSubstr("without texts"));
  EXPECT_THAT(damaged("/aliases/counts/0", 0), HasSubstr("of no module"));
  EXPECT_THAT(damaged("/files/kind/0", 5), HasSubstr("no kind"));
  EXPECT_THAT(damaged("/files/not_here", {9}), HasSubstr("no index"));
  EXPECT_THAT(damaged("/files/depends", {1, 2, 3}), HasSubstr("another count"));
  EXPECT_THAT(damaged("/binary_index", "by_chance"), HasSubstr("not a form"));
  EXPECT_THAT(damaged("/binary_aliases", "by_chance"), HasSubstr("not a form"));
  EXPECT_THAT(damaged("/files/kinds/0", 1), HasSubstr("damaged"));
  EXPECT_THAT(damaged("/changelog/changes/0", 1), HasSubstr("damaged"));
}

TEST(SnapshotPacking, RefusesAFewTextsThatStandForTooMany) {
  nlohmann::json document = document_of(host_of(tree_of_two()));
  nlohmann::json& index = packed_of(document)["index"];
  index["paths"] = std::vector{"A" + std::string(100'000, 'n')};
  index["depends"] = std::vector<std::vector<int>>{std::vector<int>(5000, 0)};
  EXPECT_THAT(complaint_about(document), HasSubstr("unpacks to more"));
}

TEST(SnapshotPacking, RefusesAKindOfManyShortValues) {
  nlohmann::json document = document_of(host_of(tree_of_two()));
  nlohmann::json& kind = packed_of(document)["files"]["kinds"][0];
  nlohmann::json& info = kind["content"]["value"]["info"];
  info = std::vector<nlohmann::json>(1'100'000, nlohmann::json::object());
  EXPECT_THAT(complaint_about(document), HasSubstr("unpacks to more"));
}

TEST(SnapshotPacking, IsPaidByTheRun) {
  const std::string document = document_of(host_of(tree_of_two())).dump();
  Budget ample;
  ASSERT_TRUE(parse_snapshot(document, ample));
  EXPECT_GT(ample.bytes(), 0U);
  Budget enough({.bytes = ample.bytes(), .entries = Limits::none, .seconds = Limits::none},
                nullptr);
  EXPECT_TRUE(parse_snapshot(document, enough));
  Budget too_small({.bytes = ample.bytes() - 1, .entries = Limits::none, .seconds = Limits::none},
                   nullptr);
  const auto facts = parse_snapshot(document, too_small);
  ASSERT_FALSE(facts);
  EXPECT_THAT(facts.error().reason, HasSubstr("unpacks to more"));
  EXPECT_TRUE(too_small.why_spent());
}

TEST(SnapshotPacking, WhoWritesHasTheBudgetOfTheDocument) {
  const ModuleTree tree = tree_of_two();
  const nlohmann::json whole = facts_to_json(host_of(tree))["trees"][0];
  nlohmann::json json = whole;
  Budget nothing({.bytes = 0, .entries = Limits::none, .seconds = Limits::none}, nullptr);
  pack_tree(tree, nothing, json);
  EXPECT_EQ(json["index"], whole["index"]) << "what has no room stays as it is";
  EXPECT_EQ(json["files"], whole["files"]);
  json = whole;
  Budget ample;
  pack_tree(tree, ample, json);
  EXPECT_GT(ample.bytes(), 0U);
  EXPECT_FALSE(json.contains("index"));
}

TEST(SnapshotPacking, ABinaryIndexIsNotMadeOfATextThatWasNotSeen) {
  nlohmann::json document = document_of(host_of(tree_of_two()));
  packed_of(document).erase("aliases");
  EXPECT_THAT(complaint_about(document), HasSubstr("not a form"));
}

TEST(SnapshotPacking, KnowsItsVersion) {
  nlohmann::json document = document_of(host_of(tree_of_two()));
  document["schema"] = "kmodsec.snapshot-compact/9";
  EXPECT_THAT(complaint_about(document), HasSubstr("another version"));
}

}  // namespace
}  // namespace kmodsec
