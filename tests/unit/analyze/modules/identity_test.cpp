// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/identity.hpp"

#include <gtest/gtest.h>

#include "analyze/derive.hpp"
#include "support/facts_builder.hpp"

namespace kmodsec::test {
namespace {

Identity identity_of(const Facts& facts) { return derive(facts).modules.front().identity; }

Facts machine_with_build_ids(const std::string& loaded, const std::string& file) {
  Facts facts = healthy_machine();
  facts.loaded->front().identity.build_id = loaded;
  file_of(facts, "dummy").content->build_id = file;
  return facts;
}

TEST(Identity, TheSameBuildIsTheSame) {
  EXPECT_EQ(identity_of(machine_with_build_ids("01", "01")).status, IdentityStatus::same);
}

TEST(Identity, AnotherBuildIsDifferent) {
  const Identity identity = identity_of(machine_with_build_ids("01", "02"));
  EXPECT_EQ(identity.status, IdentityStatus::different);
  EXPECT_EQ(identity.evidence.size(), 2U);
}

TEST(Identity, AnUpgradeUnderTheRunningSystemIsToldApart) {
  Facts facts = machine_with_build_ids("01", "02");
  EXPECT_EQ(identity_of(facts).reason.find("upgraded"), std::string::npos);
  facts.trees.front().image->build_id = "another";
  EXPECT_NE(identity_of(facts).reason.find("upgraded"), std::string::npos);
}

TEST(Identity, APatchedFileKeepsItsBuildIdButNotItsTypes) {
  Facts facts = machine_with_build_ids("01", "01");
  facts.loaded->front().identity.btf_sha256 = "aa";
  file_of(facts, "dummy").content->btf_sha256 = "bb";
  EXPECT_EQ(identity_of(facts).status, IdentityStatus::different);
}

TEST(Identity, TheHashOfTheSourcesCountsWhereThereIsOne) {
  Facts facts = healthy_machine();
  facts.loaded->front().identity = {};
  facts.loaded->front().identity.srcversion = "AA";
  EXPECT_EQ(identity_of(facts).status, IdentityStatus::cannot_tell);
  file_of(facts, "dummy").content->info.push_back({"srcversion", "BB"});
  EXPECT_EQ(identity_of(facts).status, IdentityStatus::different);
}

TEST(Identity, WithoutAFileNobodyCanTell) {
  Facts facts = healthy_machine();
  facts.trees.front().files->clear();
  const Identity identity = identity_of(facts);
  EXPECT_EQ(identity.status, IdentityStatus::cannot_tell);
  EXPECT_NE(identity.reason.find("foreign path"), std::string::npos);
}

TEST(Identity, SectionsThatTheFileDoesNotHaveAreFurtherEvidence) {
  Facts facts = machine_with_build_ids("01", "02");
  facts.loaded->front().identity.sections = std::vector<std::string>{".text", ".hidden"};
  file_of(facts, "dummy").content->sections = {".text"};
  EXPECT_NE(identity_of(facts).evidence.back().value.find(".hidden"), std::string::npos);
}

}  // namespace
}  // namespace kmodsec::test
