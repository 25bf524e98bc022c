// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/module_names.hpp"

#include <gtest/gtest.h>

#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

using Names = std::vector<std::string>;

/// The index has none of these files.
Facts machine_with_files(const Names& files) {
  Facts facts = machine_with_lines("");
  facts.trees.front().files = std::vector<ModuleFile>{};
  for (const std::string& name : files) {
    ModuleFile& file = facts.trees.front().files->emplace_back();
    file.name = name;
    file.path = facts.trees.front().folder + "/updates/" + name + ".ko";
  }
  return facts;
}

/// Why a word is no name; empty where it is one.
std::string complaint(const Facts& facts, const std::string& word) {
  Options options;
  options.snapshot = "machine.json";
  const auto error = unknown_name(facts, options, {word});
  return error ? error->reason : "";
}

TEST(ModuleNames, AreKnownByAFileThatIsInNoIndex) {
  const Facts facts = machine_with_files({"evil_one"});
  for (const char* word : {"evil_one", "evil-one", "evil-one.ko", "dummy", "ext4", "fs-isofs"})
    EXPECT_EQ(complaint(facts, word), "") << word;
  EXPECT_EQ(modules_named(facts, "evil-one"), Names{"evil_one"});
}

TEST(ModuleNames, OfAFileGoBeforeAnAlias) {
  EXPECT_EQ(modules_named(machine_with_files({}), "fs-isofs"), Names{"isofs"});
  EXPECT_EQ(modules_named(machine_with_files({"fs_isofs"}), "fs-isofs"), Names{"fs_isofs"});
}

}  // namespace
}  // namespace kmodsec::test
