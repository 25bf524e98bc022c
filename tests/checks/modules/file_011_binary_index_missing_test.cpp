// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

Facts machine_without(bool index, bool aliases) {
  Facts facts = healthy_machine();
  ModuleTree& tree = facts.trees.front();
  tree.aliases = std::vector<AliasEntry>{{"fs-x", "dummy"}};
  tree.binary_index = *tree.index;
  tree.binary_aliases = *tree.aliases;
  if (index)
    tree.binary_index =
        failure(ErrorKind::not_found, tree.folder + "/modules.dep.bin", "no such file");
  if (aliases)
    tree.binary_aliases =
        failure(ErrorKind::not_found, tree.folder + "/modules.alias.bin", "no such file");
  return facts;
}

TEST(BinaryIndexMissing, PassesWhereBothAreThere) {
  expect_pass("FILE-011", machine_without(false, false));
}

TEST(BinaryIndexMissing, NamesEach) {
  expect_fail(
      "FILE-011", machine_without(true, true),
      {"/lib/modules/6.1.0-test/modules.dep.bin", "/lib/modules/6.1.0-test/modules.alias.bin"});
  expect_fail("FILE-011", machine_without(false, true),
              {"/lib/modules/6.1.0-test/modules.alias.bin"});
}

TEST(BinaryIndexMissing, BusyboxReadsTheText) {
  Facts facts = machine_without(true, true);
  facts.load->loader.kind = LoaderKind::busybox;
  expect_not_applicable("FILE-011", facts);
}

TEST(BinaryIndexMissing, IsUnknownWhenTheTextIsGoneToo) {
  Facts facts = machine_without(false, true);
  facts.trees.front().aliases = failure(ErrorKind::not_found, "modules.alias", "no such file");
  expect_unknown("FILE-011", facts);
}

TEST(BinaryIndexMissing, DoesNotApplyToAKernelWithoutModules) {
  Facts facts = machine_without(true, true);
  facts.kernel.modules_supported = false;
  expect_not_applicable("FILE-011", facts);
}

TEST(BinaryIndexMissing, IsUnknownWhenUnseen) {
  Facts facts = machine_without(false, false);
  facts.trees.front().binary_index = failure(ErrorKind::denied, "modules.dep.bin", "no permission");
  expect_unknown("FILE-011", facts);
}

}  // namespace
}  // namespace kmodsec::test
