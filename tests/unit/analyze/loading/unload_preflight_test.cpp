// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/unload_preflight.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// vfat uses fat.
Facts unloading_machine(std::string_view lines = "") {
  Facts facts = machine_with_lines(lines);
  add_loaded(facts, "vfat").refcount = 0;
  LoadedModule& fat = add_loaded(facts, "fat");
  fat.refcount = 1;
  fat.used_by = {"vfat"};
  facts.users = std::vector<ModuleUser>{};
  return facts;
}

LoadedModule& loaded(Facts& facts, const std::string& name) {
  return *std::ranges::find(*facts.loaded, name, &LoadedModule::name);
}

std::string reason(const Facts& facts, const std::vector<std::string>& modules) {
  return preflight_unload(facts, modules).steps.back().reason;
}

TEST(UnloadPreflight, WhatNothingUsesGoes) {
  const Facts facts = unloading_machine();
  const UnloadPreflight preflight = preflight_unload(facts, {"vfat"});
  EXPECT_EQ(preflight.steps.front().reason, "");
  EXPECT_THAT(preflight.unseen, IsEmpty());
}

TEST(UnloadPreflight, WhatAModuleUsesStaysUntilThatIsGone) {
  const Facts facts = unloading_machine();
  EXPECT_EQ(reason(facts, {"fat"}), "is in use by vfat");
  EXPECT_EQ(reason(facts, {"vfat", "fat"}), "");
  const UnloadPreflight preflight = preflight_unload(facts, {"fat", "vfat"});
  EXPECT_THAT(preflight.steps.front().use.modules, ElementsAre("vfat"));
  EXPECT_NE(preflight.steps.front().reason, "");
}

TEST(UnloadPreflight, WhatOnlyAGoneModuleUsedIsUnknownWhereItsFileWasNotRead) {
  Facts facts = unloading_machine();
  loaded(facts, "fat").refcount = 1;
  file_of(facts, "fat").content = not_seen();
  EXPECT_THAT(preflight_unload(facts, {"vfat", "fat"}).unseen,
              Contains(Field(&Unseen::what, "use of fat")));
}

TEST(UnloadPreflight, HoldersAndReferencesAreNamed) {
  Facts facts = unloading_machine();
  facts.users->push_back({"vfat", "mount", "/boot/efi"});
  EXPECT_EQ(reason(facts, {"vfat"}), "is in use by mount /boot/efi");
  facts.users->clear();
  loaded(facts, "vfat").refcount = 2;
  EXPECT_THAT(reason(facts, {"vfat"}), HasSubstr("2 references"));
  EXPECT_EQ(reason(facts, {"vfat", "fat"}), "is in use by vfat");
}

TEST(UnloadPreflight, WhatTheKernelKeepsIsToldBefore) {
  Facts facts = unloading_machine();
  loaded(facts, "vfat").permanent = true;
  EXPECT_THAT(reason(facts, {"vfat"}), HasSubstr("no exit function"));
  loaded(facts, "vfat").refcount = std::nullopt;
  EXPECT_THAT(reason(facts, {"vfat"}), HasSubstr("without unloading"));
  facts.kernel.modules_disabled = true;
  const UnloadPreflight preflight = preflight_unload(facts, {"vfat"});
  EXPECT_EQ(preflight.steps.front().decided_by->file, "/proc/sys/kernel/modules_disabled");
}

TEST(UnloadPreflight, WhatIsNotLoadedGetsTheNearest) {
  const Facts facts = unloading_machine();
  EXPECT_EQ(reason(facts, {"vfaat"}), "is not loaded; did you mean vfat?");
  EXPECT_EQ(reason(facts, {"ext4"}), "is built into the kernel");
}

TEST(UnloadPreflight, ARemoveCommandIsNotRun) {
  const Facts facts = unloading_machine("remove vf* /usr/bin/logger hello\n");
  const UnloadPreflight preflight = preflight_unload(facts, {"vfat"});
  EXPECT_THAT(preflight.steps.front().reason, HasSubstr("modprobe -r"));
  EXPECT_EQ(preflight.steps.front().decided_by->line, 1U);
}

TEST(UnloadPreflight, HoldersThatWereNotSeenAreNamed) {
  Facts facts = unloading_machine();
  facts.users = not_seen();
  EXPECT_THAT(preflight_unload(facts, {"vfat"}).unseen,
              ElementsAre(Unseen{"somewhere", "no permission"}));
}

}  // namespace
}  // namespace kmodsec::test
