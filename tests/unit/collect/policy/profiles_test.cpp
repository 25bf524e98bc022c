// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/policy/profiles.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "format/policy/profile.hpp"
#include "model/policy/shipped_profiles.hpp"
#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string profile_text(std::string_view name, std::string_view module,
                         std::string_view includes = "") {
  return fmt::format(
      "name = \"{}\"\ntitle = \"T\"\ndescription = \"D\"\nincludes = [{}]\n"
      "[[module]]\nname = \"{}\"\nreason = \"own\"\nsource = \"S\"\n",
      name, includes, module);
}

std::string path_of(std::string_view name) {
  return fmt::format("/etc/kmodsec/profiles/{}.toml", name);
}

Profile profile_named(const Root& root, std::string_view name) {
  const auto profiles = collect_profiles(root);
  EXPECT_TRUE(profiles) << to_string(profiles.error());
  const auto found = std::ranges::find(*profiles, name, &Profile::name);
  return found == profiles->end() ? Profile{} : *found;
}

std::vector<std::string> modules_of(const Profile& profile) {
  std::vector<std::string> names;
  for (const ProfileModule& module : profile.modules) names.push_back(module.name);
  return names;
}

std::string error_of(const Root& root) {
  const auto profiles = collect_profiles(root);
  return profiles ? "no error" : to_string(profiles.error());
}

TEST(ShippedProfiles, SayForEachModuleWhyAndWhoSaysSo) {
  for (const EmbeddedFile& file : shipped_profiles()) {
    const auto profile = parse_profile(file.text);
    ASSERT_TRUE(profile) << file.name << ": " << profile.error().reason;
    EXPECT_EQ(profile->name + ".toml", file.name);
    EXPECT_FALSE(profile->modules.empty()) << file.name;
    std::set<std::string> names;
    for (const ProfileModule& module : profile->modules) {
      EXPECT_TRUE(names.insert(module.name).second) << file.name << ": " << module.name;
      EXPECT_TRUE(module.reason.ends_with('.')) << file.name << ": " << module.name;
      EXPECT_FALSE(module.source.empty()) << file.name << ": " << module.name;
    }
  }
}

TEST(ShippedProfiles, AreThese) {
  const auto profiles = collect_profiles(MemoryRoot());
  ASSERT_TRUE(profiles) << to_string(profiles.error());
  std::vector<std::string> names;
  for (const Profile& profile : *profiles) {
    names.push_back(profile.name);
    EXPECT_EQ(profile.file, "");
  }
  EXPECT_THAT(names, ElementsAre("2026-emergencies", "cis-level-1", "cis-level-2", "dma-interfaces",
                                 "rare-filesystems", "rare-protocols", "seed-cis"));
}

TEST(CollectProfiles, GivesAProfileWhatItIncludes) {
  const std::vector<std::string> first = modules_of(profile_named(MemoryRoot(), "cis-level-1"));
  std::vector<std::string> expected = {"overlay", "squashfs", "udf"};
  expected.insert(expected.end(), first.begin(), first.end());
  EXPECT_EQ(modules_of(profile_named(MemoryRoot(), "cis-level-2")), expected);
}

TEST(CollectProfiles, ReadsTheAdministratorsOwn) {
  MemoryRoot root;
  root.add_file(path_of("ours"), profile_text("ours", "floppy", "\"theirs\", \"deeper\""));
  root.add_file(path_of("theirs"), profile_text("theirs", "floppy", "\"deeper\""));
  root.add_file(path_of("deeper"), profile_text("deeper", "joydev"));
  root.add_file("/etc/kmodsec/profiles/README", "not a profile");
  root.add_file("/etc/kmodsec/profiles/.ours.toml", "not a profile either");
  const Profile ours = profile_named(root, "ours");
  EXPECT_EQ(ours.file, path_of("ours"));
  EXPECT_THAT(modules_of(ours), ElementsAre("floppy", "joydev"));
}

TEST(CollectProfiles, AnOwnProfileTakesThePlaceOfAShippedOne) {
  MemoryRoot root;
  root.add_file(path_of("cis-level-1"), profile_text("cis-level-1", "floppy"));
  EXPECT_THAT(modules_of(profile_named(root, "cis-level-1")), ElementsAre("floppy"));
  EXPECT_THAT(modules_of(profile_named(root, "cis-level-2")),
              ElementsAre("overlay", "squashfs", "udf", "floppy"));
}

TEST(CollectProfiles, TheOwnEntryOfAModuleStays) {
  MemoryRoot root;
  root.add_file(path_of("ours"), profile_text("ours", "sctp", "\"cis-level-1\""));
  const Profile ours = profile_named(root, "ours");
  EXPECT_EQ(ours.modules.front().reason, "own");
  EXPECT_EQ(std::ranges::count(ours.modules, "sctp", &ProfileModule::name), 1);
}

TEST(CollectProfiles, ACircleIsAnError) {
  MemoryRoot root;
  root.add_file(path_of("a"), profile_text("a", "x", "\"b\""));
  root.add_file(path_of("b"), profile_text("b", "y", "\"a\""));
  EXPECT_THAT(error_of(root), HasSubstr("includes itself: a → b → a"));
}

TEST(CollectProfiles, AnIncludeOfNothingIsAnError) {
  MemoryRoot root;
  root.add_file(path_of("a"), profile_text("a", "x", "\"cis-level-3\""));
  EXPECT_EQ(error_of(root),
            path_of("a") + ": includes 'cis-level-3', and there is no such profile");
}

TEST(CollectProfiles, AChainThatIsTooLongIsAnError) {
  MemoryRoot root;
  for (int i = 0; i < 40; ++i)
    root.add_file(path_of(fmt::format("p{}", i)),
                  profile_text(fmt::format("p{}", i), "x", fmt::format("\"p{}\"", i + 1)));
  root.add_file(path_of("p40"), profile_text("p40", "x"));
  EXPECT_THAT(error_of(root), HasSubstr("included too deeply"));
}

TEST(CollectProfiles, TheFileIsNamedAsTheProfile) {
  MemoryRoot root;
  root.add_file(path_of("a"), profile_text("b", "x"));
  EXPECT_EQ(error_of(root), path_of("a") + ": its name is 'b', so the file must be b.toml");
}

TEST(CollectProfiles, ErrorsNameFileAndLine) {
  MemoryRoot root;
  root.add_file(path_of("a"), profile_text("a", "a b"));
  EXPECT_EQ(error_of(root), path_of("a") + ": line 6: 'a b' is not the name of a module");
}

TEST(CollectProfiles, WhatOthersMayWriteIsRefused) {
  MemoryRoot file_of_all;
  file_of_all.add_file(path_of("a"), profile_text("a", "x"), 0666);
  EXPECT_THAT(error_of(file_of_all), HasSubstr("others than root may write " + path_of("a")));

  MemoryRoot file_of_a_user;
  file_of_a_user.add_file(path_of("a"), profile_text("a", "x"), 0644, 1000);
  EXPECT_THAT(error_of(file_of_a_user), HasSubstr("others than root may write " + path_of("a")));

  MemoryRoot folder_of_all;
  folder_of_all.add_folder("/etc/kmodsec/profiles", 0777);
  folder_of_all.add_file(path_of("a"), profile_text("a", "x"));
  EXPECT_THAT(error_of(folder_of_all), HasSubstr("may write /etc/kmodsec/profiles:"));

  MemoryRoot linked;
  linked.add_link(path_of("a"), "/home/user/a.toml");
  linked.add_folder("/home/user", 0755, 1000);
  linked.add_file("/home/user/a.toml", profile_text("a", "x"));
  EXPECT_THAT(error_of(linked), HasSubstr("may write /home/user:"));
}

}  // namespace
}  // namespace kmodsec::test
