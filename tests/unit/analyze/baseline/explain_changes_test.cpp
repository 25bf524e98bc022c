// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyze/baseline/baseline_changes.hpp"

namespace kmodsec {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string image = "/boot/initrd.img-6.1";

BaselineEntry module(const std::string& code, const std::string& path = "/lib/modules/6.1/x.ko") {
  return {.file = {path, BaselineKind::module, "6.1"},
          .sha256 = "file " + code,
          .payload_sha256 = code,
          .attributes = FileAttributes{.mode = 0644},
          .signature = SignatureStatus::valid,
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

std::unexpected<Error> not_collected() { return failure(ErrorKind::not_found, "", "no log"); }

std::vector<BaselineChange> explained(const std::vector<BaselineEntry>& was,
                                      const std::vector<BaselineEntry>& now,
                                      Seen<std::vector<PackageTransaction>> log = {}) {
  std::vector<BaselineChange> changes = find_changes(was, now);
  explain_changes({std::move(log), {}, &now, {}, {}, {}}, changes);
  return changes;
}

/// Against a list of digests, which has no date.
std::vector<BaselineChange> listed(const std::vector<BaselineEntry>& was,
                                   const std::vector<BaselineEntry>& now) {
  std::vector<BaselineChange> changes = find_changes(was, now);
  explain_changes({.transactions = std::vector{upgrade()},
                   .asked_by_policy = {},
                   .now = &now,
                   .indexes = {},
                   .unread_images = {},
                   .removed = {},
                   .open_to_others = {},
                   .still_there = {},
                   .is_digest_list = true},
                  changes);
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

TEST(ExplainChanges, AModuleInTheImageThatIsNotInstalledIsNotComparedWithOneThatIs) {
  const auto changes = explained({whole_image("a")}, {whole_image("b"), member("evil")});
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[1].severity, Severity::critical);
  EXPECT_THAT(changes[1].concern, HasSubstr("no installed module of this name"));
}

TEST(ExplainChanges, AnInstalledModuleThatWasNotReadIsNotSaidToDiffer) {
  BaselineEntry unread = module("1");
  unread.payload_sha256.clear();
  const auto changes =
      explained({whole_image("a"), unread}, {whole_image("b"), member("1"), unread});
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_THAT(changes[1].concern, HasSubstr("could not be read"));
}

BaselineEntry folder(std::uint32_t mode, const std::string& link = {}) {
  return {.file = {"/lib/modules/6.1/extra", BaselineKind::folder, "6.1"},
          .sha256 = {},
          .payload_sha256 = {},
          .attributes = FileAttributes{.mode = mode, .link = link, .capabilities = {}},
          .signature = {},
          .package = {}};
}

TEST(ExplainChanges, AFolderIsWhoMayWriteIt) {
  EXPECT_FALSE(explained({}, {folder(0755)})[0].is_suspicious());
  EXPECT_FALSE(explained({folder(0755)}, {})[0].is_suspicious());
  EXPECT_EQ(explained({}, {folder(0777)})[0].severity, Severity::high);
  EXPECT_EQ(explained({folder(0755)}, {folder(0777)})[0].severity, Severity::high);
  EXPECT_EQ(explained({folder(0755)}, {folder(0700)})[0].severity, Severity::medium);
  EXPECT_TRUE(explained({folder(0777)}, {folder(0777)}).empty());
}

TEST(ExplainChanges, ALinkToAFolderNeedsATransaction) {
  BaselineEntry link = folder(0777, "/opt/x");
  EXPECT_EQ(explained({}, {link})[0].severity, Severity::high);
  EXPECT_EQ(explained({folder(0755)}, {link})[0].severity, Severity::high);
  EXPECT_TRUE(explained({link}, {folder(0755)})[0].is_suspicious());
  link.package = PackageClaim{"linux", "2", PackageLevel::owned_unverified};
  EXPECT_FALSE(explained({}, {link}, std::vector{upgrade()})[0].is_suspicious());
}

TEST(ExplainChanges, ANewFolderIsNoReasonToBuildAnImage) {
  const auto changes = explained({whole_image("a")}, {whole_image("b"), folder(0755)});
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_TRUE(changes[0].is_suspicious());
}

TEST(ExplainChanges, WhatIsStillThereIsNotCalledGone) {
  const std::vector<BaselineEntry> now;
  std::vector<BaselineChange> changes = find_changes({module("1")}, now);
  explain_changes({.transactions = std::vector{upgrade()},
                   .asked_by_policy = {},
                   .now = &now,
                   .indexes = {},
                   .removed = {},
                   .open_to_others = {},
                   .still_there = {module("1").file.path}},
                  changes);
  EXPECT_THAT(changes[0].concern, HasSubstr("still there"));
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
  now.signature = SignatureStatus::unknown;
  const auto changes = explained({module("1")}, {now}, std::vector{upgrade()});
  EXPECT_EQ(changes[0].severity, Severity::high);
}

/// What a transaction brought is accepted by the trigger of dpkg only where something verifies it.
TEST(ExplainChanges, ANewModuleNeedsSomethingThatVouchesForIt) {
  const auto concern_of = [](SignatureStatus signature, PackageLevel level) {
    BaselineEntry now = module("2");
    now.signature = signature;
    now.package->level = level;
    return explained({}, {now}, std::vector{upgrade()}).front().concern;
  };
  EXPECT_EQ(concern_of(SignatureStatus::unsigned_, PackageLevel::db_match), "");
  EXPECT_EQ(concern_of(SignatureStatus::valid, PackageLevel::owned_unverified), "");
  EXPECT_EQ(concern_of(SignatureStatus::valid, PackageLevel::generated), "");
  EXPECT_THAT(concern_of(SignatureStatus::unsigned_, PackageLevel::generated),
              HasSubstr("nothing vouches"));
  EXPECT_THAT(concern_of(SignatureStatus::unsigned_, PackageLevel::owned_unverified),
              HasSubstr("nothing vouches"));
  EXPECT_THAT(concern_of(SignatureStatus::untrusted, PackageLevel::owned_unverified),
              HasSubstr("nothing vouches"));
  for (const SignatureStatus signature :
       {SignatureStatus::invalid, SignatureStatus::revoked, SignatureStatus::malformed})
    EXPECT_THAT(concern_of(signature, PackageLevel::db_match), HasSubstr("its signature is"));
}

BaselineEntry built_by_dkms(std::optional<SignatureStatus> signature,
                            const std::string& kernel = "6.1") {
  BaselineEntry entry = module("built", "/lib/modules/" + kernel + "/updates/dkms/x.ko");
  entry.file.kernel = kernel;
  entry.signature = signature;
  entry.package->level = PackageLevel::generated;
  return entry;
}

std::string concern_of_built(std::optional<SignatureStatus> before, SignatureStatus now,
                             Seen<std::vector<PackageTransaction>> log) {
  std::vector<BaselineEntry> was;
  if (before) was.push_back(built_by_dkms(before));
  for (BaselineEntry& entry : was) entry.sha256 = entry.payload_sha256 = "older";
  return explained(was, {built_by_dkms(now)}, std::move(log)).front().concern;
}

TEST(ExplainChanges, WhatDkmsBuiltNeedsATransaction) {
  EXPECT_EQ(
      concern_of_built(SignatureStatus::valid, SignatureStatus::valid, std::vector{upgrade()}), "");
  EXPECT_THAT(concern_of_built(SignatureStatus::valid, SignatureStatus::valid,
                               std::vector<PackageTransaction>{}),
              HasSubstr("no package transaction"));
  EXPECT_THAT(concern_of_built(std::nullopt, SignatureStatus::valid, not_collected()),
              HasSubstr("no package transaction"));
  PackageTransaction other = upgrade();
  other.package = "firmware";
  EXPECT_NE(concern_of_built(SignatureStatus::valid, SignatureStatus::valid, std::vector{other}),
            "");
}

TEST(ExplainChanges, AKernelHasDkmsBuildItsModules) {
  const PackageTransaction headers{100, "install", "linux-headers-6.1", "", "6.1.27-1"};
  const PackageTransaction devel{100, "install", "kernel-devel", "", "6.1"};
  const PackageTransaction gone{100, "remove", "linux-headers-6.1", "6.1.27-1", ""};
  EXPECT_EQ(concern_of_built(std::nullopt, SignatureStatus::valid, std::vector{headers}), "");
  EXPECT_EQ(concern_of_built(std::nullopt, SignatureStatus::valid, std::vector{devel}), "");
  EXPECT_NE(concern_of_built(std::nullopt, SignatureStatus::valid, std::vector{gone}), "");
}

TEST(ExplainChanges, WhatDkmsBuiltIsSignedAsWellAsBefore) {
  EXPECT_EQ(concern_of_built(SignatureStatus::unsigned_, SignatureStatus::unsigned_,
                             std::vector{upgrade()}),
            "");
  EXPECT_NE(
      concern_of_built(SignatureStatus::valid, SignatureStatus::unsigned_, std::vector{upgrade()}),
      "");
  EXPECT_NE(concern_of_built(SignatureStatus::untrusted, SignatureStatus::unsigned_,
                             std::vector{upgrade()}),
            "");
  EXPECT_NE(concern_of_built(std::nullopt, SignatureStatus::unsigned_, std::vector{upgrade()}), "");
  EXPECT_NE(
      concern_of_built(SignatureStatus::invalid, SignatureStatus::invalid, std::vector{upgrade()}),
      "");
}

TEST(ExplainChanges, ASiblingOfAnotherKernelStandsForWhatWasBefore) {
  const BaselineEntry sibling = built_by_dkms(SignatureStatus::unsigned_, "6.0");
  const BaselineEntry now = built_by_dkms(SignatureStatus::unsigned_);
  EXPECT_FALSE(explained({sibling}, {sibling, now}, std::vector{upgrade()})[0].is_suspicious());
  BaselineEntry changed = sibling;
  changed.sha256 = "changed as well";
  EXPECT_TRUE(explained({sibling}, {changed, now}, std::vector{upgrade()})[1].is_suspicious());
}

BaselineEntry configuration(const std::string& content, const std::string& path,
                            PackageLevel level = PackageLevel::db_match) {
  return {.file = {path, BaselineKind::configuration, {}},
          .sha256 = content,
          .attributes = FileAttributes{.mode = 0644},
          .package = PackageClaim{"linux", "2", level}};
}

BaselineEntry in_image(const std::string& content, const std::string& name) {
  return {.file = {image + ":/etc/modprobe.d/" + name, BaselineKind::image_configuration, "6.1"},
          .sha256 = content};
}

TEST(ExplainChanges, APackageWithoutADigestVouchesForNoConfiguration) {
  const auto concern = [](PackageLevel level) {
    const std::string path = "/etc/modprobe.d/x.conf";
    return explained({configuration("1", path)}, {configuration("2", path, level)},
                     std::vector{upgrade()})[0]
        .concern;
  };
  EXPECT_EQ(concern(PackageLevel::db_match), "");
  EXPECT_THAT(concern(PackageLevel::owned_unverified), HasSubstr("nothing vouches"));
}

TEST(ExplainChanges, AnImageOfAKernelThatRpmKnowsByNameIsTheSameAsTheOneItHasADigestOf) {
  BaselineEntry copy{.file = {"/boot/vmlinuz-6.1", BaselineKind::kernel_image, "6.1"},
                     .sha256 = "kernel",
                     .attributes = FileAttributes{.mode = 0644},
                     .package = PackageClaim{"linux", "2", PackageLevel::owned_unverified}};
  BaselineEntry original = copy;
  original.file.path = "/lib/modules/6.1/vmlinuz";
  original.package->level = PackageLevel::db_match;
  for (const BaselineChange& change : explained({}, {copy, original}, std::vector{upgrade()}))
    EXPECT_FALSE(change.is_suspicious()) << change.concern;
  original.sha256 = "another";
  EXPECT_TRUE(explained({}, {copy, original}, std::vector{upgrade()})[0].is_suspicious());
}

TEST(ExplainChanges, TheContentOfAnotherFileIsNoExplanationInAnImage) {
  const BaselineEntry deny = configuration("deny", "/etc/modprobe.d/deny.conf");
  const BaselineEntry empty = configuration("empty", "/etc/modprobe.d/empty.conf");
  const auto changes = explained({whole_image("a"), in_image("deny", "deny.conf"), deny, empty},
                                 {whole_image("b"), in_image("empty", "deny.conf"), deny, empty},
                                 std::vector{upgrade()});
  ASSERT_EQ(changes.size(), 2U);
  for (const BaselineChange& change : changes) EXPECT_TRUE(change.is_suspicious());
}

TEST(ExplainChanges, WhatTheHostConfiguresIsNotLeftOutOfAnImage) {
  const BaselineEntry deny = configuration("deny", "/etc/modprobe.d/deny.conf");
  const auto changes = explained({whole_image("a"), in_image("deny", "deny.conf"), deny},
                                 {whole_image("b"), deny}, std::vector{upgrade()});
  ASSERT_EQ(changes.size(), 2U);
  for (const BaselineChange& change : changes) EXPECT_TRUE(change.is_suspicious());
  const auto gone = explained({whole_image("a"), in_image("deny", "deny.conf"), deny}, {deny});
  for (const BaselineChange& change : gone) EXPECT_FALSE(change.is_suspicious());
}

TEST(ExplainChanges, AnImageThatNothingHadMadeAnewIsSuspicious) {
  EXPECT_TRUE(explained({whole_image("a")}, {whole_image("b")})[0].is_suspicious());
  EXPECT_FALSE(
      explained({whole_image("a")}, {whole_image("b")}, std::vector{upgrade()})[0].is_suspicious());
}

/// Whoever appends a program to an image can append a copy of what is installed as well.
TEST(ExplainChanges, AnAppendedCopyOfWhatIsInstalledIsNoReasonToBuildAnImage) {
  const auto changes =
      explained({whole_image("a"), module("1")}, {whole_image("b"), member("1"), module("1")});
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].severity, Severity::medium);
  EXPECT_THAT(changes[0].concern, HasSubstr("nothing explains why"));
  EXPECT_EQ(changes[1].explanation, "the same as " + module("1").file.path);
}

TEST(ExplainChanges, AMemberThatFollowsTheHostIsAReasonToBuildAnImage) {
  EXPECT_FALSE(explained({whole_image("a"), member("1"), module("2")},
                         {whole_image("b"), member("2"), module("2")})[0]
                   .is_suspicious());
  const BaselineEntry deny = configuration("deny", "/etc/modprobe.d/deny.conf");
  const auto with_member = [&](const BaselineEntry& host) {
    return explained({whole_image("a"), host},
                     {whole_image("b"), in_image("deny", "deny.conf"), host});
  };
  EXPECT_EQ(with_member(deny)[0].concern, "");
  EXPECT_NE(with_member(configuration("deny", "/etc/modules-load.d/deny.conf"))[0].concern, "");
}

TEST(ExplainChanges, AnotherKernelIsNoReasonToBuildAnImage) {
  BaselineEntry other = module("1", "/lib/modules/6.0/x.ko");
  other.file.kernel = "6.0";
  BaselineEntry newer = other;
  newer.sha256 = newer.payload_sha256 = "2";
  const auto changes = listed({whole_image("a"), other}, {whole_image("b"), newer});
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_TRUE(changes[0].is_suspicious());
  EXPECT_FALSE(changes[1].is_suspicious());
}

TEST(ExplainChanges, AListHasNoMembersOfAnImageAndSoTheyExplainNothing) {
  const auto changes =
      listed({whole_image("a"), module("1")}, {whole_image("b"), member("1"), module("1")});
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(path_of(changes[0].entry()), image);
  EXPECT_EQ(changes[0].severity, Severity::medium);
  EXPECT_THAT(changes[0].concern, HasSubstr("a list has no date"));
}

TEST(ExplainChanges, WhatIsExplainedInAListExplainsItsImage) {
  const auto changes =
      listed({whole_image("a"), module("1")}, {whole_image("b"), member("2"), module("2")});
  ASSERT_EQ(changes.size(), 2U);
  for (const BaselineChange& change : changes) EXPECT_EQ(change.concern, "");
}

TEST(ExplainChanges, AForeignModuleInAnImageOfAListStays) {
  const auto changes =
      listed({whole_image("a"), module("1")}, {whole_image("b"), member("evil"), module("1")});
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].concern, "see what is in it");
  EXPECT_EQ(changes[1].concern, "the installed module of this name has other code");
}

TEST(ExplainChanges, ACopyOfAnUnlistedModuleIsToldOnce) {
  const BaselineEntry entry = module("1");
  const std::vector<BaselineEntry> now = {whole_image("b"), member("1"), entry};
  std::vector<BaselineChange> changes = find_changes({whole_image("a")}, now);
  explain_changes({.transactions = not_collected(),
                   .asked_by_policy = {},
                   .now = &now,
                   .indexes = {},
                   .unread_images = {},
                   .removed = {},
                   .open_to_others = {},
                   .still_there = {},
                   .is_digest_list = true},
                  changes);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].concern, entry.file.path + " is in it, which is suspicious");
  EXPECT_THAT(changes[1].concern, StartsWith("not in the list; no package transaction covers it"));
}

TEST(ExplainChanges, WhatOthersMayWriteIsNeverExplained) {
  BaselineEntry now = module("1");
  now.attributes->mode = 0666;
  const auto changes = explained({module("1")}, {now}, std::vector{upgrade()});
  EXPECT_EQ(changes[0].severity, Severity::high);
}

TEST(ExplainChanges, WhatOthersMayWriteIsNotExplainedByItsContent) {
  const std::vector<BaselineEntry> now = {module("2")};
  std::vector<BaselineChange> changes = find_changes({module("1")}, now);
  explain_changes({.transactions = std::vector{upgrade()},
                   .asked_by_policy = {},
                   .now = &now,
                   .indexes = {},
                   .removed = {},
                   .open_to_others = {{now[0].file.path, "others may write it"}}},
                  changes);
  EXPECT_EQ(changes[0].concern, "others may write it");
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

TEST(FindChanges, ALinkThatLeadsNowhereHasLostItsContent) {
  BaselineEntry link = module("1");
  link.attributes->link = "elsewhere";
  BaselineEntry dangling = link;
  dangling.sha256.clear();
  EXPECT_TRUE(find_changes({dangling}, {dangling}).empty());
  for (const auto& changes : {find_changes({link}, {dangling}), find_changes({dangling}, {link})}) {
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].aspects, std::vector{ChangeAspect::content});
  }
}

TEST(FindChanges, WhoMayWriteTheTargetOfALinkIsComparedWhereBothTell) {
  BaselineEntry was = module("1");
  was.attributes->link = "elsewhere";
  BaselineEntry now = was;
  now.attributes->target = LinkTarget{0644, 0, 0};
  EXPECT_TRUE(find_changes({was}, {now}).empty());
  was.attributes->target = LinkTarget{0666, 0, 0};
  EXPECT_EQ(find_changes({was}, {now})[0].aspects, std::vector{ChangeAspect::mode});
  was.attributes->target = LinkTarget{0644, 5, 0};
  EXPECT_EQ(find_changes({was}, {now})[0].aspects, std::vector{ChangeAspect::owner});
}

TEST(FindChanges, AFolderInTheNameOfAFileIsAnotherThing) {
  BaselineEntry file = module("1");
  BaselineEntry folder = file;
  folder.file.kind = BaselineKind::folder;
  folder.sha256.clear();
  const auto changes = find_changes({file}, {folder});
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].kind, ChangeKind::removed);
  EXPECT_EQ(changes[1].kind, ChangeKind::added);
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
