// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/abridge.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace kmodsec {
namespace {

ModuleFile file_of_package(const std::string& name) {
  return {.path = "/lib/modules/6.1/kernel/" + name + ".ko",
          .name = name,
          .size = 4096,
          .compression = "none",
          .content = ModuleContent{.info = {{"author", "somebody"},
                                            {"license", "GPL"},
                                            {"depends", "b"},
                                            {"parm", "debug:level"},
                                            {"alias", "x"}},
                                   .own_name = name,
                                   .build_id = "0102",
                                   .btf_sha256 = "03",
                                   .sections = {".text"}},
          .signature = Signature{.form = SignatureForm::present, .signer = "us", .value = "AA:BB"},
          .module_sha256 = "digest of " + name,
          .payload_sha256 = "05",
          .digests = FileDigests{"06", "07"},
          .package = PackageClaim{"linux-image", "6.1", PackageLevel::db_match}};
}

/// A host with one such file.
Facts host_with(ModuleFile file) {
  Facts facts;
  facts.live = true;
  facts.loaded = std::vector<LoadedModule>{};
  ModuleTree& tree = facts.trees.emplace_back();
  tree.release = "6.1";
  tree.files = std::vector{std::move(file)};
  return facts;
}

ModuleFile abridged(Facts facts) {
  abridge(facts);
  return facts.trees.front().files->front();
}

TEST(Abridge, LeavesOutTheDetailsOfWhatAPackageVouchesFor) {
  const ModuleFile file = abridged(host_with(file_of_package("a")));
  EXPECT_EQ(file.left_out, LeftOut::details);
  EXPECT_EQ(file.signature->value + file.content->build_id + file.module_sha256, "");
  EXPECT_EQ(file.signature->signer, "us");
  EXPECT_FALSE(file.digests);
  std::vector<std::string> fields;
  for (const InfoField& field : file.content->info) fields.push_back(field.key);
  EXPECT_EQ(fields, (std::vector<std::string>{"alias", "depends", "license"}));
}

TEST(Abridge, KeepsAllButTheSignatureOfWhatIsLoaded) {
  Facts facts = host_with(file_of_package("a"));
  facts.loaded->push_back({.name = "a"});
  const ModuleFile file = abridged(facts);
  EXPECT_EQ(file.left_out, LeftOut::signature_bytes);
  EXPECT_EQ(file.signature->value, "");
  EXPECT_EQ(file.content->build_id, "0102");
  EXPECT_EQ(file.digests->sha256, "07");
}

TEST(Abridge, KeepsTheParametersOfWhatIsConfigured) {
  Facts facts = host_with(file_of_package("a"));
  facts.load = LoadConfig();
  facts.load->lines = {{.directive = Directive::options, .name = "a"}};
  EXPECT_EQ(abridged(facts).left_out, LeftOut::signature_bytes);
}

TEST(Abridge, KeepsTheDigestOfWhatIsRevoked) {
  Facts facts = host_with(file_of_package("a"));
  facts.trust = TrustSources{.revocations = {{RevocationKind::file, "digest of a", "dbx"}}};
  EXPECT_EQ(abridged(facts).module_sha256, "digest of a");
}

TEST(Abridge, KeepsWhatNoPackageVouchesFor) {
  for (const PackageLevel level : {PackageLevel::unowned, PackageLevel::mismatch,
                                   PackageLevel::generated, PackageLevel::owned_unverified}) {
    ModuleFile file = file_of_package("a");
    file.package->level = level;
    EXPECT_EQ(abridged(host_with(file)).left_out, LeftOut::signature_bytes);
  }
  ModuleFile unknown = file_of_package("a");
  unknown.package = failure(ErrorKind::denied, "", "hidden");
  EXPECT_EQ(abridged(host_with(unknown)).left_out, LeftOut::signature_bytes);
}

TEST(Abridge, TellsWhatIsGone) {
  ModuleFile file = file_of_package("a");
  EXPECT_FALSE(gap_left_by_abridging(file));
  file.left_out = LeftOut::details;
  EXPECT_EQ(gap_left_by_abridging(file)->what, file.path);
}

TEST(Abridge, KeepsTheTitleOfAChangeThatWasTakenBack) {
  Facts facts = host_with(file_of_package("a"));
  facts.trees.front().changelog = KernelChangelog{
      .mentions = {{"2024-1", "6.1-1", "one", ""}, {"2024-2", "6.1-1", "two", "6.1-2"}}};
  abridge(facts);
  EXPECT_EQ(facts.trees.front().changelog->mentions[0].title, "");
  EXPECT_EQ(facts.trees.front().changelog->mentions[1].title, "two");
}

}  // namespace
}  // namespace kmodsec
