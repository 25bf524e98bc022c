// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/tree_load_config.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analyze/exposure_report.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

LoadConfig command_line_of(const std::string& source, const std::string& asked,
                           const std::string& refused) {
  LoadConfig config;
  config.at_boot.push_back({asked, source, 2});
  config.kernel.module_blacklist = {refused};
  if (source != "/proc/cmdline") config.kernel.source = source;
  config.kernel.line = 2;
  return config;
}

/// The running kernel was booted with another command line than its entry has.
Facts machine_with_an_entry(bool runs) {
  Facts facts = machine_with_lines("");
  facts.load = command_line_of("/proc/cmdline", "isofs", "ext4");
  facts.trees.front().boot = KernelBoot{.runs = runs,
                                        .command_lines = {{"x", "/boot/a.conf", 2}},
                                        .load = command_line_of("/boot/a.conf", "loop", "dummy"),
                                        .unseen_images = {}};
  return facts;
}

TEST(TreeLoadConfig, ARunningKernelHasItsOwnCommandLine) {
  const Facts facts = machine_with_an_entry(true);
  const LoadConfig config = load_config_of_tree(*facts.load, facts.trees.front());
  ASSERT_EQ(config.at_boot.size(), 1U);
  EXPECT_EQ(config.at_boot[0].name, "isofs");
  EXPECT_EQ(kernel_parameters_of_tree(*facts.load, facts.trees.front()).module_blacklist,
            std::vector<std::string>{"ext4"});
}

TEST(TreeLoadConfig, AnotherHasThatOfItsEntries) {
  Facts facts = machine_with_an_entry(false);
  facts.load->at_boot.push_back({"dummy", "/etc/modules-load.d/a.conf", 1});
  const LoadConfig config = load_config_of_tree(*facts.load, facts.trees.front());
  ASSERT_EQ(config.at_boot.size(), 2U);
  EXPECT_EQ(config.at_boot[0].name, "dummy");
  EXPECT_EQ(config.at_boot[1].name, "loop");
  EXPECT_EQ(config.kernel.module_blacklist, std::vector<std::string>{"dummy"});
  const ExposureReport report = answer_doors(facts, {.modules = {"dummy"}});
  EXPECT_TRUE(report.modules.front().denied);
  EXPECT_EQ(report.modules.front().load_paths.back().decided_by,
            (DecidingLine{"/boot/a.conf", 2, "module_blacklist=dummy"}));
}

TEST(TreeLoadConfig, WithoutAKnownLineTheHostsCounts) {
  Facts facts = machine_with_an_entry(false);
  facts.trees.front().boot->command_lines.clear();
  facts.trees.front().boot->load.unseen = {{"the command line", "not known"}};
  EXPECT_EQ(load_config_of_tree(*facts.load, facts.trees.front()).at_boot[0].name, "isofs");
  const auto unseen = unseen_command_lines(facts.trees.front());
  ASSERT_EQ(unseen.size(), 1U);
  EXPECT_EQ(unseen[0].what, "the command line");
  facts.trees.front().boot = not_seen();
  EXPECT_EQ(unseen_command_lines(facts.trees.front()).size(), 1U);
}

TEST(TreeLoadConfig, WhatTheNextBootHasIsTold) {
  const Facts facts = machine_with_an_entry(true);
  const auto pending = pending_parameters(*facts.load, facts.trees.front());
  ASSERT_EQ(pending.size(), 4U);
  EXPECT_EQ(pending[0].text, "module_blacklist=dummy");
  EXPECT_TRUE(pending[0].comes);
  EXPECT_EQ(pending[0].source, "/boot/a.conf");
  EXPECT_EQ(pending[1].text, "modules_load=loop");
  EXPECT_FALSE(pending[2].comes);
  EXPECT_FALSE(pending[3].comes);
  EXPECT_TRUE(pending_parameters(*facts.load, machine_with_an_entry(false).trees.front()).empty());
}

TEST(TreeLoadConfig, AnEntryThatSaysTheSameIsNotTold) {
  Facts facts = machine_with_an_entry(true);
  facts.trees.front().boot->load = command_line_of("/boot/a.conf", "isofs", "ext4");
  EXPECT_TRUE(pending_parameters(*facts.load, facts.trees.front()).empty());
}

}  // namespace
}  // namespace kmodsec::test
