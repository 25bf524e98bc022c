// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/module_parameters.hpp"

#include <gtest/gtest.h>

namespace kmodsec::test {
namespace {

std::vector<std::string> names_in(std::string_view options) {
  std::vector<std::string> names;
  for (const ParameterWord& word : parameter_words(options)) names.push_back(word.name);
  return names;
}

TEST(ModuleParameters, BlanksPartButNotInQuotes) {
  EXPECT_EQ(names_in(" a=1  b-c=\"two words\"\td \"e=f g\""),
            (std::vector<std::string>{"a", "b_c", "d", "e"}));
  EXPECT_EQ(parameter_words("label=\"two words\" x")[0].text, "label=\"two words\"");
}

TEST(ModuleParameters, AValueWithBlanksIsQuoted) {
  EXPECT_EQ(joined_parameters({"a=1", "label=two words", "b"}), "a=1 label=\"two words\" b");
  EXPECT_EQ(joined_parameters({"label=\"two words\""}), "label=\"two words\"");
  EXPECT_EQ(joined_parameters({}), "");
}

TEST(ModuleParameters, WhatIsGivenCannotHideAParameter) {
  const std::string joined = joined_parameters({"label=\"x\" evil=1"});
  EXPECT_EQ(names_in(joined), (std::vector<std::string>{"label", "evil"}));
  EXPECT_EQ(names_in(joined_parameters({"label=x\nevil=1"})), (std::vector<std::string>{"label"}));
}

TEST(ModuleParameters, AreThoseOfTheFile) {
  const std::vector<InfoField> info{{"parm", "num-a:how many (int)"}, {"parmtype", "b:bool"}};
  EXPECT_EQ(parameters_of(info), (std::set<std::string>{"b", "num_a"}));
  EXPECT_TRUE(is_parameter_of_all("dyndbg"));
  EXPECT_FALSE(is_parameter_of_all("num_a"));
}

}  // namespace
}  // namespace kmodsec::test
