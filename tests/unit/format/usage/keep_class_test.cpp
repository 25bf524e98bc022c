// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/usage/keep_class.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <fmt/format.h>

namespace kmodsec {
namespace {

const std::string head = "name = \"ours\"\ntitle = \"T\"\n";

std::string rule(const std::string& key, const std::string& value) {
  return fmt::format("[[keep]]\n{} = \"{}\"\nreason = \"R\"\n", key, value);
}

std::string complaint_of(const std::string& text) {
  const auto keep_class = parse_keep_class(text);
  return keep_class ? "accepted" : keep_class.error().reason;
}

TEST(KeepClassFile, IsRead) {
  const auto keep_class =
      parse_keep_class(head + rule("module", "usb_storage") + rule("path", "kernel/drivers/ata/") +
                       rule("alias", "crypto-*"));
  ASSERT_TRUE(keep_class) << keep_class.error().reason;
  EXPECT_EQ(keep_class->name, "ours");
  EXPECT_EQ(keep_class->title, "T");
  ASSERT_EQ(keep_class->rules.size(), 3U);
  EXPECT_EQ(keep_class->rules[0].module, "usb_storage");
  EXPECT_EQ(keep_class->rules[0].reason, "R");
  EXPECT_EQ(keep_class->rules[1].path, "kernel/drivers/ata/");
  EXPECT_EQ(keep_class->rules[1].module, "");
  EXPECT_EQ(keep_class->rules[2].alias, "crypto-*");
}

TEST(KeepClassFile, WhatIsMissingIsAnError) {
  EXPECT_EQ(complaint_of(""), "line 1: name is missing");
  EXPECT_EQ(complaint_of("name = \"a\"\n"), "line 1: title is missing");
  EXPECT_EQ(complaint_of(head), "line 1: it has no [[keep]]");
  EXPECT_EQ(complaint_of(head + "[[keep]]\nmodule = \"x\"\n"), "line 3: reason is missing");
  EXPECT_EQ(complaint_of(head + "[[keep]]\nreason = \"R\"\n"),
            "line 3: [[keep]] has exactly one of module, path and alias");
}

TEST(KeepClassFile, ARuleNamesOneThing) {
  EXPECT_EQ(complaint_of(head + "[[keep]]\nmodule = \"x\"\npath = \"kernel/a/\"\nreason = \"R\"\n"),
            "line 3: [[keep]] has exactly one of module, path and alias");
  EXPECT_EQ(complaint_of(head + rule("module", "x") + rule("module", "x")),
            "line 6: x is listed twice");
  EXPECT_THAT(complaint_of(head + rule("name", "x")), ::testing::StartsWith("line "));
}

TEST(KeepClassFile, NamesAreThoseOfTheKernel) {
  EXPECT_EQ(complaint_of(head + rule("module", "usb-storage")),
            "line 4: 'usb-storage' is written usb_storage");
  EXPECT_EQ(complaint_of(head + rule("module", "a b")),
            "line 4: 'a b' is not the name of a module");
}

TEST(KeepClassFile, AFolderIsBelowKernel) {
  for (const std::string path : {"kernel/", "drivers/net/", "kernel/drivers/net", "/etc/",
                                 "kernel/../../etc/", "kernel//net/"}) {
    EXPECT_THAT(complaint_of(head + rule("path", path)),
                ::testing::HasSubstr("is not a folder of modules"))
        << path;
  }
}

TEST(KeepClassFile, APatternDoesNotFitEverything) {
  for (const std::string alias : {"*", "?ci:*", "[a-z]*", "pci:[v"}) {
    EXPECT_THAT(complaint_of(head + rule("alias", alias)),
                ::testing::HasSubstr("is not a pattern of aliases"))
        << alias;
  }
}

TEST(KeepClassFile, IsBounded) {
  std::string text = head;
  for (std::size_t i = 0; i <= most_keep_rules; ++i) text += rule("module", fmt::format("m{}", i));
  const auto keep_class = parse_keep_class(text);
  ASSERT_FALSE(keep_class);
  EXPECT_EQ(keep_class.error().kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace kmodsec
