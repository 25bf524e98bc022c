// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/module_content.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/module_builder.hpp"
#include "support/packers.hpp"

namespace kmodsec::test {
namespace {

TEST(ModuleContent, IsToldWhateverItIsPackedIn) {
  const std::string module = module_with({"license=GPL", "name=a"});
  for (const std::string& bytes : {module, gzip(module), xz(module), zstd(module)}) {
    EXPECT_TRUE(may_begin_module(bytes.substr(0, 32)));
    EXPECT_TRUE(is_module_content(bytes));
  }
}

TEST(ModuleContent, OfADamagedObjectIsNotRuledOut) {
  const std::string module = module_with({"license=GPL", "name=a"});
  EXPECT_TRUE(is_module_content(module.substr(0, 70)));
}

TEST(ModuleContent, IsNotThatOfOtherFiles) {
  std::string program = module_with({"license=GPL", "name=a"});
  program[16] = 2;
  for (const std::string& bytes : {std::string{}, std::string("\177ELF"), program,
                                   std::string("#!/bin/sh\n"), gzip("#!/bin/sh\n"), gzip(program)})
    EXPECT_FALSE(is_module_content(bytes));
}

}  // namespace
}  // namespace kmodsec::test
