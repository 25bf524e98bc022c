// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/load_builder.hpp"

#include <algorithm>
#include <iterator>

#include "format/loading/modprobe_conf.hpp"
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

/// A finding about a kernel that was seen stands, whatever else is hidden.
void expect_no_pass(std::string_view id, const Facts& facts) {
  const Verdict verdict = verdict_of(id, facts);
  EXPECT_FALSE(verdict.unseen.empty()) << id;
  EXPECT_TRUE(verdict.status == Status::fail || verdict.status == Status::unknown) << id;
}

void expect_to_need_the_kernels(std::string_view id, Facts facts) {
  const Facts whole = facts;
  facts.installed = not_seen();
  expect_no_pass(id, facts);
  facts = whole;
  facts.masked->modules = {{"/lib/modules", "another file system is mounted over it"}};
  expect_no_pass(id, facts);
  facts.trees.clear();
  expect_unknown(id, facts);
}

}  // namespace

Facts machine_with_lines(std::string_view text, const std::string& file) {
  Facts facts = healthy_machine();
  ModuleTree& tree = facts.trees.front();
  tree.index = std::vector<IndexEntry>{{"dummy", "kernel/dummy.ko", {}},
                                       {"isofs", "kernel/isofs.ko", {}},
                                       {"udf", "kernel/udf.ko", {"crc_itu_t"}},
                                       {"crc_itu_t", "kernel/crc-itu-t.ko", {}}};
  tree.aliases = std::vector<AliasEntry>{{"fs-isofs", "isofs"}, {"pci:v00001*", "dummy"}};
  tree.softdeps = std::vector<SoftDependency>{};
  tree.builtin = std::vector<BuiltinModule>{{"ext4", "kernel/fs/ext4/ext4.ko", {}}};
  add_lines(facts, text, file);
  return facts;
}

void add_lines(Facts& facts, std::string_view text, const std::string& file) {
  LoadConfig part = parse_modprobe_conf(text, file);
  std::ranges::move(part.lines, std::back_inserter(facts.load->lines));
  std::ranges::move(part.problems, std::back_inserter(facts.load->problems));
}

void assume_loader(Facts& facts) {
  facts.load->loader = {
      .kind = LoaderKind::other, .path = "/sbin/modprobe", .path_from = "default"};
  facts.kernel.modprobe_helper = not_seen();
}

ModuleTree& add_kernel(Facts& facts, const std::string& release) {
  ModuleTree tree = facts.trees.front();
  tree.release = release;
  tree.folder = "/lib/modules/" + release;
  return facts.trees.emplace_back(std::move(tree));
}

void expect_to_need_the_configuration(std::string_view id) {
  Facts facts = healthy_machine();
  expect_pass(id, facts);
  facts.load->unseen = {{"/root/.bashrc", "no permission"}};
  expect_pass(id, facts);
  facts.load->unseen = {{"/etc/modprobe.d/usb", "no permission"}};
  expect_unknown(id, facts);
  facts.load = LoadConfig{};
  facts.masked->configuration = {{"/etc/modprobe.d", "another file system"}};
  expect_unknown(id, facts);
  facts.load = not_seen();
  expect_unknown(id, facts);
}

void expect_to_need_the_indexes(std::string_view id, Facts facts) {
  ModuleTree& tree = facts.trees.front();
  const ModuleTree whole = tree;
  tree.index = not_seen();
  expect_unknown(id, facts);
  tree = whole;
  tree.aliases = not_seen();
  expect_unknown(id, facts);
  tree = whole;
  tree.softdeps = not_seen();
  expect_unknown(id, facts);
  tree = whole;
  tree.builtin = not_seen();
  expect_unknown(id, facts);
  tree = whole;
  expect_to_need_the_kernels(id, std::move(facts));
}

}  // namespace kmodsec::test
