// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/module_use.hpp"

#include <gtest/gtest.h>

#include "support/facts_builder.hpp"

namespace kmodsec::test {
namespace {

ModuleUse use_of(const Facts& facts, std::vector<ModuleUser> users = {}) {
  return use_of_loaded(facts, facts.loaded->front(), &facts.trees.front().files->front(),
                       std::move(users));
}

Facts machine() {
  Facts facts = healthy_machine();
  facts.loaded->front().refcount = 0;
  facts.loaded->front().used_by.clear();
  return facts;
}

TEST(ModuleUse, NothingIsSaidWhereAllWasSeen) {
  const ModuleUse use = use_of(machine());
  EXPECT_EQ(use.unused, true);
  EXPECT_EQ(words_of(use), "nothing");
}

TEST(ModuleUse, ModulesUsersAndReferencesAreNamed) {
  Facts facts = machine();
  facts.loaded->front().refcount = 3;
  facts.loaded->front().used_by = {"vfat"};
  EXPECT_EQ(words_of(use_of(facts)), "vfat, 2 references of programs or of the kernel");
  EXPECT_EQ(words_of(use_of(facts, {{"dummy", "mount", "/boot"}})), "vfat, mount /boot");
  EXPECT_EQ(use_of(facts).unused, false);
}

TEST(ModuleUse, ManyUsersAreCounted) {
  Facts facts = machine();
  facts.loaded->front().used_by = {"a", "b", "c", "d", "e", "f"};
  EXPECT_EQ(words_of(use_of(facts)), "a, b, c, d and 2 more");
}

TEST(ModuleUse, APermanentModuleIsNeverUnused) {
  Facts facts = machine();
  facts.loaded->front().permanent = true;
  EXPECT_EQ(use_of(facts).unused, false);
  EXPECT_FALSE(use_of(facts).has_users());
}

TEST(ModuleUse, WhatWasNotSeenIsUnknown) {
  Facts facts = machine();
  facts.users = not_seen();
  EXPECT_EQ(use_of(facts).unused, std::nullopt);
  EXPECT_EQ(words_of(use_of(facts)), "unknown: what the kernel and its devices use was not seen");
  EXPECT_EQ(short_words_of(use_of(facts)), "unknown");
  facts = machine();
  EXPECT_EQ(use_of_loaded(facts, facts.loaded->front(), nullptr, {}).unused, std::nullopt);
}

TEST(ModuleUse, OfWhatIsNotLoadedNothingUsesIt) {
  Facts facts = machine();
  const ModuleTree& tree = facts.trees.front();
  ModuleTree other = tree;
  other.release = "another";
  EXPECT_EQ(words_of(use_of_other(facts, tree)), "nothing");
  EXPECT_EQ(words_of(use_of_other(facts, other)), "unknown: another kernel runs");
  facts.live = false;
  EXPECT_EQ(words_of(use_of_other(facts, tree)), "unknown: no kernel runs there");
}

}  // namespace
}  // namespace kmodsec::test
