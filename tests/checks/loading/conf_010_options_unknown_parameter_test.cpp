// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

Facts with_options(std::string_view options) {
  Facts facts = machine_with_lines("options dummy " + std::string(options) + "\n");
  auto& info = file_of(facts, "dummy").content->info;
  info.push_back({"parm", "num_dummies:Number of them (int)"});
  info.push_back({"parmtype", "debug:bool"});
  return facts;
}

TEST(OptionsUnknownParameter, PassesForWhatTheModuleHas) {
  expect_pass("CONF-010", with_options("num-dummies=2 debug dyndbg=\"+p no=1\" async_probe"));
}

TEST(OptionsUnknownParameter, NamesTheModule) {
  const Facts facts = with_options("numdummies=2 debug=\"a b\" dbg");
  expect_fail("CONF-010", facts, {"dummy", "dummy"});
  EXPECT_EQ(verdict_of("CONF-010", facts).findings[1].message, "has no parameter numdummies");
}

TEST(OptionsUnknownParameter, PassesWhenAnotherKernelHasIt) {
  Facts facts = with_options("numdummies=2");
  add_kernel(facts, "6.2.0-test").files->at(0).content->info.push_back({"parm", "numdummies:x"});
  expect_pass("CONF-010", facts);
}

TEST(OptionsUnknownParameter, DoesNotApplyToModulesWhoseFileWasNotAskedFor) {
  Facts facts = machine_with_lines("options udf a=1\noptions fs-isofs b=1\n");
  expect_not_applicable("CONF-010", facts);
  facts.trees.front().complete = true;
  expect_pass("CONF-010", facts);
}

TEST(OptionsUnknownParameter, DoesNotApplyToAKernelWithoutModules) {
  Facts facts = with_options("numdummies=2");
  facts.kernel.modules_supported = false;
  facts.trees.front().files = not_seen();
  expect_not_applicable("CONF-010", facts);
}

TEST(OptionsUnknownParameter, IsUnknownWhenUnseen) {
  expect_to_need_the_configuration("CONF-010");
  Facts facts = with_options("numdummies=2");
  file_of(facts, "dummy").content = not_seen();
  expect_unknown("CONF-010", facts);
  facts.trees.front().files = not_seen();
  expect_unknown("CONF-010", facts);
}

}  // namespace
}  // namespace kmodsec::test
