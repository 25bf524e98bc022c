// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/keep_classes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include <fmt/format.h>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

std::string class_text(std::string_view name, std::string_view module) {
  return fmt::format("name = \"{}\"\ntitle = \"T\"\n[[keep]]\nmodule = \"{}\"\nreason = \"R.\"\n",
                     name, module);
}

std::string path_of(std::string_view name) {
  return fmt::format("/etc/kmodsec/keep-classes.d/{}.toml", name);
}

std::string error_of(const Root& root) {
  const auto classes = collect_keep_classes(root);
  return classes ? "no error" : to_string(classes.error());
}

const KeepClass& class_named(const std::vector<KeepClass>& classes, std::string_view name) {
  static const KeepClass none;
  const auto found = std::ranges::find(classes, name, &KeepClass::name);
  return found == classes.end() ? none : *found;
}

TEST(ShippedKeepClasses, AreReadAndHaveReasons) {
  const auto classes = shipped_classes();
  ASSERT_TRUE(classes) << to_string(classes.error());
  std::vector<std::string> names;
  for (const KeepClass& keep_class : *classes) {
    names.push_back(keep_class.name);
    EXPECT_FALSE(keep_class.title.empty());
    for (const KeepRule& rule : keep_class.rules)
      EXPECT_TRUE(rule.reason.ends_with('.')) << keep_class.name << ": " << rule.reason;
  }
  EXPECT_TRUE(std::ranges::is_sorted(names));
  EXPECT_THAT(names, IsSupersetOf({"usb-input", "usb-storage", "network-cards",
                                   "filesystems-removable", "storage-controllers"}));
}

TEST(CollectKeepClasses, ReadsTheAdministratorsOwn) {
  MemoryRoot root;
  root.add_file(path_of("ours"), class_text("ours", "floppy"));
  root.add_file(path_of("usb-input"), class_text("usb-input", "joydev"));
  const auto classes = collect_keep_classes(root);
  ASSERT_TRUE(classes) << to_string(classes.error());
  EXPECT_EQ(class_named(*classes, "ours").rules.at(0).module, "floppy");
  EXPECT_EQ(class_named(*classes, "usb-input").rules.size(), 1U);
  EXPECT_FALSE(class_named(*classes, "usb-storage").rules.empty());
}

TEST(CollectKeepClasses, ErrorsNameFileAndLine) {
  MemoryRoot root;
  root.add_file(path_of("a"), class_text("b", "x"));
  EXPECT_EQ(error_of(root), path_of("a") + ": its name is 'b', so the file must be b.toml");
  MemoryRoot wrong;
  wrong.add_file(path_of("a"), class_text("a", "a b"));
  EXPECT_EQ(error_of(wrong), path_of("a") + ": line 4: 'a b' is not the name of a module");
}

TEST(CollectKeepClasses, WhatOthersMayWriteIsRefused) {
  MemoryRoot file_of_all;
  file_of_all.add_file(path_of("a"), class_text("a", "x"), 0666);
  EXPECT_THAT(error_of(file_of_all), HasSubstr("others than root may write " + path_of("a")));
  MemoryRoot folder_of_all;
  folder_of_all.add_folder("/etc/kmodsec/keep-classes.d", 0777);
  folder_of_all.add_file(path_of("a"), class_text("a", "x"));
  EXPECT_THAT(error_of(folder_of_all), HasSubstr("may write /etc/kmodsec/keep-classes.d:"));
}

}  // namespace
}  // namespace kmodsec::test
