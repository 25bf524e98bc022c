// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/module_files.hpp"

#include <gtest/gtest.h>

namespace kmodsec::test {
namespace {

constexpr const char* folder = "/lib/modules/6.1.0-test";

ModuleTree tree_with(std::vector<ModuleFile> files) {
  ModuleTree tree;
  tree.folder = folder;
  tree.files = std::move(files);
  tree.binary_index = std::unexpected(Error{ErrorKind::not_found, "", ""});
  tree.index = std::vector<IndexEntry>{{"loop", "kernel/loop.ko", {}}, {"far", "/opt/far.ko", {}}};
  tree.builtin = std::vector<BuiltinModule>{{"ext4", "kernel/ext4.ko", {}}};
  return tree;
}

ModuleFile file_named(const std::string& name) {
  ModuleFile file;
  file.name = name;
  file.path = std::string(folder) + "/kernel/" + name + ".ko";
  file.content = ModuleContent{};
  return file;
}

ModuleFileState state_of(const ModuleTree& tree, std::string_view name) {
  const ModuleFiles files(&tree);
  return files.state_of(name, files.of_loaded(name));
}

TEST(ModuleFiles, AFileThatWasFoundIsThereEvenIfItIsDamaged) {
  ModuleFile damaged = file_named("fat");
  damaged.content = std::unexpected(Error{ErrorKind::malformed, damaged.path, "no ELF file"});
  const ModuleTree tree = tree_with({file_named("loop"), damaged});
  EXPECT_EQ(state_of(tree, "loop").status, FilePresence::there);
  EXPECT_EQ(state_of(tree, "fat").status, FilePresence::there);
}

TEST(ModuleFiles, WhatTheIndexNamesAndIsNotThereIsGone) {
  ModuleFile gone = file_named("loop");
  gone.content = std::unexpected(Error{ErrorKind::not_found, gone.path, "not found"});
  const std::string words = "its file /lib/modules/6.1.0-test/kernel/loop.ko is gone";
  EXPECT_EQ(words_of(state_of(tree_with({gone}), "loop")), words);
  EXPECT_EQ(words_of(state_of(tree_with({}), "loop")), words);
  EXPECT_EQ(words_of(state_of(tree_with({}), "far")), "its file /opt/far.ko is gone");
}

TEST(ModuleFiles, WhatACaptureLeftOutIsUnknown) {
  ModuleTree tree = tree_with({});
  tree.unseen = {{folder, "its indexes name 2 files of modules, of which 2 are not there"}};
  EXPECT_EQ(state_of(tree, "loop").status, FilePresence::gone) << "on a host that runs";
  tree.files_left_out = true;
  EXPECT_EQ(state_of(tree, "loop").status, FilePresence::unknown);
  EXPECT_EQ(state_of(tree, "loop").why, left_out_of_capture);
}

TEST(ModuleFiles, WhatNothingNamesHasNone) {
  EXPECT_EQ(words_of(state_of(tree_with({}), "ghost")),
            "no file of a module of that name was found in /lib/modules/6.1.0-test");
}

TEST(ModuleFiles, AFileWithAnotherModuleInsideIsNotItsFile) {
  ModuleFile mask = file_named("loop");
  mask.content->own_name = "other";
  const ModuleTree tree = tree_with({mask});
  EXPECT_EQ(state_of(tree, "loop").status, FilePresence::none);
  EXPECT_EQ(state_of(tree, "other").status, FilePresence::there);
}

TEST(ModuleFiles, WhatCouldNotBeReadOrSeenIsNotAbsent) {
  ModuleFile hidden = file_named("loop");
  hidden.content = std::unexpected(Error{ErrorKind::denied, hidden.path, "permission denied"});
  EXPECT_EQ(state_of(tree_with({hidden}), "loop").status, FilePresence::unreadable);
  hidden.content = std::unexpected(Error{ErrorKind::io, hidden.path, "was not captured"});
  EXPECT_EQ(state_of(tree_with({hidden}), "loop").status, FilePresence::unknown);
  ModuleTree unseen = tree_with({});
  unseen.files = std::unexpected(Error{ErrorKind::denied, folder, "permission denied"});
  EXPECT_EQ(state_of(unseen, "loop").status, FilePresence::unknown);
  EXPECT_EQ(ModuleFiles(nullptr).state_of("loop", nullptr).status, FilePresence::unknown);
}

TEST(ModuleFiles, WhatIsBuiltInNeedsNone) {
  EXPECT_EQ(state_of(tree_with({}), "ext4").status, FilePresence::built_in);
}

}  // namespace
}  // namespace kmodsec::test
