// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyze/baseline_changes.hpp"

namespace kmodsec {
namespace {

using ::testing::HasSubstr;

const std::string image = "/boot/initrd.img-6.1";

BaselineEntry module(const std::string& code, const std::string& path = "/lib/modules/6.1/x.ko") {
  return {.file = {path, BaselineKind::module, "6.1"},
          .sha256 = "file " + code,
          .payload_sha256 = code,
          .attributes = FileAttributes{.mode = 0644},
          .signature = "valid",
          .package = PackageClaim{"linux", "2", PackageLevel::db_match}};
}

BaselineEntry member(const std::string& code) {
  return {.file = {image + ":/x.ko", BaselineKind::image_module, "6.1"},
          .sha256 = code,
          .payload_sha256 = code};
}

BaselineEntry whole_image(const std::string& content) {
  return {.file = {image, BaselineKind::initramfs, "6.1"},
          .sha256 = content,
          .attributes = FileAttributes{.mode = 0644}};
}

PackageTransaction upgrade() { return {100, "upgrade", "linux", "1", "2"}; }

std::vector<BaselineChange> explained(const std::vector<BaselineEntry>& was,
                                      const std::vector<BaselineEntry>& now,
                                      Seen<std::vector<PackageTransaction>> log = {}) {
  std::vector<BaselineChange> changes = find_changes(was, now);
  explain_changes({std::move(log), {}, &now}, changes);
  return changes;
}

TEST(ExplainChanges, AnImageOfWhatIsInstalledIsExplained) {
  const auto changes =
      explained({whole_image("a"), member("1"), module("1")},
                {whole_image("b"), member("2"), module("2")}, std::vector{upgrade()});
  ASSERT_EQ(changes.size(), 3U);
  for (const BaselineChange& change : changes)
    EXPECT_FALSE(change.is_suspicious()) << change.concern;
}

TEST(ExplainChanges, AModuleInTheImageAloneIsCritical) {
  const auto changes = explained({whole_image("a"), member("1"), module("1")},
                                 {whole_image("b"), member("evil"), module("1")});
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_THAT(changes[0].concern, HasSubstr("see what is in it"));
  EXPECT_EQ(changes[1].severity, Severity::critical);
}

TEST(ExplainChanges, TheCodeOfAnotherModuleIsNoExplanation) {
  const BaselineEntry other = module("other", "/lib/modules/6.1/y.ko");
  const auto changes = explained({whole_image("a"), member("1"), module("1"), other},
                                 {whole_image("b"), member("other"), module("1"), other});
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[1].severity, Severity::critical);
}

TEST(ExplainChanges, TheSameBadModuleInTheImageIsNoExplanation) {
  const auto changes = explained({whole_image("a"), member("1"), module("1")},
                                 {whole_image("b"), member("evil"), module("evil")});
  ASSERT_EQ(changes.size(), 3U);
  for (const BaselineChange& change : changes) EXPECT_TRUE(change.is_suspicious());
}

TEST(ExplainChanges, ATransactionToAnotherVersionExplainsNothing) {
  PackageTransaction other = upgrade();
  other.to = "3";
  EXPECT_TRUE(explained({module("1")}, {module("2")}, std::vector{other})[0].is_suspicious());
  EXPECT_TRUE(explained({module("1")}, {module("2")})[0].is_suspicious());
  EXPECT_FALSE(explained({module("1")}, {module("2")}, std::vector{upgrade()})[0].is_suspicious());
}

TEST(ExplainChanges, ASignatureThatCannotBeVerifiedIsNotTakenForGood) {
  BaselineEntry now = module("2");
  now.signature = "unknown";
  const auto changes = explained({module("1")}, {now}, std::vector{upgrade()});
  EXPECT_EQ(changes[0].severity, Severity::high);
}

/// What a transaction brought is accepted by the trigger of dpkg only where something verifies it.
TEST(ExplainChanges, ANewModuleNeedsSomethingThatVouchesForIt) {
  const auto concern_of = [](const std::string& signature, PackageLevel level) {
    BaselineEntry now = module("2");
    now.signature = signature;
    now.package->level = level;
    return explained({}, {now}, std::vector{upgrade()}).front().concern;
  };
  EXPECT_EQ(concern_of("unsigned", PackageLevel::db_match), "");
  EXPECT_EQ(concern_of("valid", PackageLevel::owned_unverified), "");
  EXPECT_EQ(concern_of("unsigned", PackageLevel::generated), "");
  EXPECT_THAT(concern_of("unsigned", PackageLevel::owned_unverified), HasSubstr("nothing vouches"));
  EXPECT_THAT(concern_of("untrusted", PackageLevel::owned_unverified),
              HasSubstr("nothing vouches"));
  for (const std::string signature : {"invalid", "revoked", "malformed"})
    EXPECT_THAT(concern_of(signature, PackageLevel::db_match), HasSubstr("its signature is"));
}

TEST(ExplainChanges, WhatOthersMayWriteIsNeverExplained) {
  BaselineEntry now = module("1");
  now.attributes->mode = 0666;
  const auto changes = explained({module("1")}, {now}, std::vector{upgrade()});
  EXPECT_EQ(changes[0].severity, Severity::high);
}

TEST(ExplainChanges, APackingIsNoMatterOfAttributes) {
  BaselineEntry now = module("1");
  now.sha256 = "packed anew";
  now.package->level = PackageLevel::mismatch;
  EXPECT_TRUE(explained({module("1")}, {now}, std::vector{upgrade()})[0].is_suspicious());
}

TEST(FindChanges, ComparesWhatBothTell) {
  BaselineEntry listed;
  listed.file.path = module("1").file.path;
  listed.sha256 = module("1").sha256;
  EXPECT_TRUE(find_changes({listed}, {module("1")}).empty());
  EXPECT_EQ(find_changes({listed}, {module("2")}).size(), 1U);
}

TEST(FindChanges, TellsWhatCameAndWent) {
  const auto changes = find_changes({module("1", "/a"), module("1", "/c")},
                                    {module("1", "/b"), module("1", "/c"), module("1", "/d")});
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].kind, ChangeKind::removed);
  EXPECT_EQ(changes[1].kind, ChangeKind::added);
  EXPECT_EQ(changes[2].entry().file.path, "/d");
}

}  // namespace
}  // namespace kmodsec
