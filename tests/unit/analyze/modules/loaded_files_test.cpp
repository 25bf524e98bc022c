// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/loaded_files.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmodsec {
namespace {

ModuleFile file_at(const std::string& folder, const std::string& name) {
  return {.path = "/lib/modules/6.1/" + folder + "/" + name + ".ko", .name = name};
}

/// Two files of one name, and one that no index names.
Facts host_with_loaded(const std::vector<std::string>& names) {
  Facts facts;
  facts.loaded = std::vector<LoadedModule>{};
  for (const std::string& name : names) facts.loaded->push_back({.name = name});
  ModuleTree& tree = facts.trees.emplace_back();
  tree.release = "6.1";
  tree.folder = "/lib/modules/6.1";
  tree.files =
      std::vector{file_at("extra", "fat"), file_at("kernel", "fat"), file_at("kernel", "odd"),
                  file_at("updates", "odd"), file_at("kernel", "vfat")};
  tree.complete = true;
  tree.unseen = {{"/lib/modules/6.1/link", "leads nowhere"}};
  tree.binary_index =
      std::vector<IndexEntry>{{"fat", "kernel/fat.ko", {}}, {"vfat", "kernel/vfat.ko", {"fat"}}};
  return facts;
}

std::vector<std::string> files_of(Facts facts) {
  keep_files_of_loaded(facts);
  std::vector<std::string> paths;
  for (const ModuleFile& file : *facts.trees.front().files) paths.push_back(file.path);
  return paths;
}

TEST(LoadedFiles, AreThoseThatTheIndexNames) {
  EXPECT_EQ(files_of(host_with_loaded({"fat"})),
            std::vector<std::string>{"/lib/modules/6.1/kernel/fat.ko"});
}

TEST(LoadedFiles, AreAllOfTheNameWhereNoIndexHasIt) {
  EXPECT_EQ(files_of(host_with_loaded({"odd"})),
            (std::vector<std::string>{"/lib/modules/6.1/kernel/odd.ko",
                                      "/lib/modules/6.1/updates/odd.ko"}));
}

TEST(LoadedFiles, AreNoneWhereNothingIsLoaded) {
  Facts facts = host_with_loaded({});
  EXPECT_TRUE(files_of(facts).empty());
  facts.loaded = failure(ErrorKind::denied, "/proc/modules", "hidden");
  EXPECT_TRUE(files_of(facts).empty());
}

/// Of a capture without its module files each has the same doubt, as where they are read at once.
TEST(LoadedFiles, AreDoubtedWhereTheFilesWereLeftOut) {
  Facts facts = host_with_loaded({"fat"});
  ModuleTree& tree = facts.trees.front();
  tree.files->clear();
  EXPECT_TRUE(files_of(facts).empty())
      << "a gap elsewhere does not make a file one that was left out";
  tree.files_left_out = true;
  keep_files_of_loaded(facts);
  ASSERT_EQ(tree.files->size(), 1U);
  EXPECT_EQ(tree.files->front().path, "/lib/modules/6.1/kernel/fat.ko");
  EXPECT_EQ(tree.files->front().content.error().reason, left_out_of_capture);
  keep_files_of_loaded(facts);
  EXPECT_EQ(tree.files->size(), 1U) << "and not twice";
}

TEST(LoadedFiles, KeepAGapWhereFoldersWereSearched) {
  Facts indexed = host_with_loaded({"fat"});
  keep_files_of_loaded(indexed);
  EXPECT_TRUE(indexed.trees.front().unseen.empty());
  EXPECT_FALSE(indexed.trees.front().complete);
  Facts searched = host_with_loaded({"fat", "odd"});
  keep_files_of_loaded(searched);
  EXPECT_EQ(searched.trees.front().unseen.size(), 1U);
}

TEST(NamedFiles, AreKeptWithoutThoseOfLoadedModules) {
  Facts facts = host_with_loaded({"fat"});
  keep_files_named(facts, {"vfat"});
  ASSERT_EQ(facts.trees.front().files->size(), 1U);
  EXPECT_EQ(facts.trees.front().files->front().name, "vfat");
}

}  // namespace
}  // namespace kmodsec
