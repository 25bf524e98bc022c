// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/index_agreement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>

namespace kmodsec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string indexed_folder = "/lib/modules/6.1";

ModuleFile file(const std::string& path, std::vector<InfoField> info) {
  ModuleFile file;
  file.path = indexed_folder + "/" + path;
  const std::string last = path.substr(path.rfind('/') + 1);
  file.name = last.substr(0, last.find('.'));
  ModuleContent content;
  content.info = std::move(info);
  file.content = std::move(content);
  return file;
}

/// loop, and vfat, which needs fat, which needs nls.
ModuleTree tree() {
  ModuleTree tree;
  tree.release = "6.1";
  tree.folder = indexed_folder;
  tree.complete = true;
  tree.files = std::vector{
      file("kernel/fat.ko", {{"depends", "nls-base"}}),
      file("kernel/loop.ko", {{"alias", "block-major-7-*"},
                              {"alias", "char-major-10-237"},
                              {"alias", "devname:loop-control"},
                              {"depends", ""}}),
      file("kernel/nls_base.ko", {}),
      file("kernel/vfat.ko",
           {{"alias", "fs-vfat"}, {"depends", "fat"}, {"softdep", "pre: nls-base post: loop"}})};
  tree.index = std::vector<IndexEntry>{{"loop", "kernel/loop.ko", {}},
                                       {"nls_base", "kernel/nls_base.ko", {}},
                                       {"fat", "kernel/fat.ko", {"nls_base"}},
                                       {"vfat", "kernel/vfat.ko", {"nls_base", "fat"}}};
  tree.aliases = std::vector<AliasEntry>{{"block-major-7-*", "loop"},
                                         {"char-major-10-237", "loop"},
                                         {"devname:loop-control", "loop"},
                                         {"fs-vfat", "vfat"}};
  tree.softdeps = std::vector<SoftDependency>{{"vfat", {"nls_base"}, {"loop"}, 1}};
  tree.static_nodes = std::vector<StaticNode>{{"loop", "loop-control", "c10:237"}};
  tree.binary_index = tree.index;
  tree.binary_aliases = std::vector<AliasEntry>{{"block_major_7_*", "loop"},
                                                {"char_major_10_237", "loop"},
                                                {"devname:loop_control", "loop"},
                                                {"fs_vfat", "vfat"}};
  return tree;
}

std::vector<std::string> flaws(const ModuleTree& tree) {
  std::vector<std::string> told;
  for (const IndexFlaw& flaw : hold_against_files(tree).flaws) {
    for (const std::string& line : flaw.lines)
      told.push_back(flaw.index + ": " + line + " " + flaw.wrong);
  }
  return told;
}

TEST(IndexAgreement, OfWhatDepmodWroteIsComplete) {
  const IndexAgreement agreement = hold_against_files(tree());
  EXPECT_THAT(agreement.flaws, IsEmpty());
  EXPECT_THAT(agreement.unseen, IsEmpty());
  EXPECT_THAT(agreement.compared,
              ElementsAre("modules.dep", "modules.dep.bin", "modules.alias", "modules.alias.bin",
                          "modules.devname", "modules.softdep"));
}

TEST(IndexAgreement, NamesAnAliasThatNoFileHas) {
  ModuleTree edited = tree();
  edited.aliases->push_back({"net-pf-38", "loop"});
  edited.aliases->push_back({"net-pf-39", "loop"});
  edited.binary_aliases->push_back({"usb:v*", "evil"});
  EXPECT_THAT(flaws(edited),
              ElementsAre("modules.alias: alias net-pf-38 → loop is in no module file",
                          "modules.alias: alias net-pf-39 → loop is in no module file",
                          "modules.alias.bin: alias usb:v* → evil is in no module file"));
}

TEST(IndexAgreement, NamesAnAliasThatTheIndexKeepsBack) {
  ModuleTree edited = tree();
  edited.aliases->pop_back();
  EXPECT_THAT(
      flaws(edited),
      ElementsAre("modules.alias: alias fs-vfat → vfat is missing, and a module file has it"));
}

TEST(IndexAgreement, NamesWhatAModuleIsMadeToNeed) {
  ModuleTree edited = tree();
  edited.binary_index->front().depends.emplace_back("fat");
  edited.softdeps->push_back({"loop", {"evil"}, {}, 2});
  EXPECT_THAT(flaws(edited), ElementsAre("modules.dep.bin: loop needs fat is in no module file",
                                         "modules.softdep: softdep loop pre: evil is in no module "
                                         "file"));
}

TEST(IndexAgreement, NamesAFileThatANameIsLedTo) {
  ModuleTree edited = tree();
  edited.binary_index->front().path = "../../../tmp/loop.ko";
  EXPECT_THAT(
      flaws(edited),
      ElementsAre("modules.dep.bin: loop at ../../../tmp/loop.ko is not a file of this module",
                  "modules.dep.bin: loop at kernel/loop.ko is missing, and the file is "
                  "there"));
}

TEST(IndexAgreement, WhatIsNotInstalledIsNotAskedFor) {
  ModuleTree part = tree();
  std::erase_if(*part.files, [](const ModuleFile& module) { return module.name == "nls_base"; });
  for (auto* index : {&part.index, &part.binary_index}) {
    std::erase_if(**index, [](const IndexEntry& entry) { return entry.name == "nls_base"; });
    for (IndexEntry& entry : **index) std::erase(entry.depends, "nls_base");
  }
  EXPECT_THAT(flaws(part), IsEmpty());
}

TEST(IndexAgreement, OfTwoFilesTheIndexChooses) {
  ModuleTree doubled = tree();
  auto others = (*doubled.files)[1].content->info;
  others.front().value = "block-major-8-*";
  doubled.files->push_back(file("updates/loop.ko", std::move(others)));
  EXPECT_THAT(flaws(doubled), IsEmpty());
  for (auto* index : {&doubled.index, &doubled.binary_index})
    (*index)->front().path = "updates/loop.ko";
  doubled.aliases->front().pattern = "block-major-8-*";
  doubled.binary_aliases->front().pattern = "block_major_8_*";
  EXPECT_THAT(flaws(doubled), IsEmpty());
}

TEST(IndexAgreement, OfAPartOfTheFilesJudgesThoseAlone) {
  ModuleTree part = tree();
  part.complete = false;
  std::erase_if(*part.files, [](const ModuleFile& module) { return module.name != "vfat"; });
  part.aliases->push_back({"x", "unread"});
  EXPECT_THAT(flaws(part), IsEmpty());
  part.aliases->push_back({"x", "vfat"});
  EXPECT_EQ(flaws(part).size(), 1U);
}

TEST(IndexAgreement, NamesANodeThatNoFileAsksFor) {
  ModuleTree edited = tree();
  edited.static_nodes->push_back({"loop", "disk", "b8:0"});
  EXPECT_THAT(flaws(edited),
              ElementsAre("modules.devname: node disk b8:0 → loop is in no module file"));
  edited.static_nodes->clear();
  EXPECT_THAT(flaws(edited), ElementsAre("modules.devname: node loop-control c10:237 → loop is "
                                         "missing, and a module file has it"));
}

TEST(IndexAgreement, ANodeNeedsANumberOfItsOwn) {
  ModuleTree without = tree();
  std::erase_if((*without.files)[1].content->info,
                [](const InfoField& field) { return field.value == "char-major-10-237"; });
  EXPECT_THAT(flaws(without),
              ::testing::Contains("modules.devname: node loop-control c10:237 → loop is in no "
                                  "module file"));
}

TEST(IndexAgreement, TellsWhatItCouldNotRead) {
  ModuleTree masked = tree();
  masked.files->back().content = std::unexpected(Error{ErrorKind::denied, "", "denied"});
  masked.binary_index = std::unexpected(Error{ErrorKind::malformed, "", "a damaged index"});
  masked.softdeps = Seen<std::vector<SoftDependency>>{};
  const IndexAgreement agreement = hold_against_files(masked);
  EXPECT_THAT(agreement.flaws, IsEmpty());
  EXPECT_EQ(agreement.unseen.size(), 3U);
}

TEST(IndexAgreement, AnIndexThatIsNotThereSaysNothing) {
  ModuleTree bare = tree();
  bare.softdeps = std::unexpected(Error{ErrorKind::not_found, indexed_folder + "/modules.softdep",
                                        "no such file or directory"});
  const IndexAgreement agreement = hold_against_files(bare);
  EXPECT_THAT(agreement.flaws, IsEmpty());
  EXPECT_THAT(agreement.unseen, IsEmpty());
}

}  // namespace
}  // namespace kmodsec
