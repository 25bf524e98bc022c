// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/parameter_values.hpp"

#include <gtest/gtest.h>

namespace kmodsec::test {
namespace {

std::string fault_of(std::string_view type, const std::string& text) {
  const std::vector<InfoField> info{{"parmtype", "num:" + std::string(type)},
                                    {"parm", "old:of an unknown type"}};
  return parameter_fault(info, parameter_words(text).at(0));
}

void expect_taken(std::string_view type, const std::vector<std::string>& values) {
  for (const std::string& value : values) EXPECT_EQ(fault_of(type, "num=" + value), "") << value;
}

void expect_refused(std::string_view type, const std::vector<std::string>& values) {
  for (const std::string& value : values) EXPECT_NE(fault_of(type, "num=" + value), "") << value;
}

TEST(ParameterValues, AnUnknownParameterHasAHint) {
  EXPECT_EQ(fault_of("int", "nun=4"), "has no parameter nun; did you mean num?");
  EXPECT_EQ(fault_of("int", "entirely-else=4"), "has no parameter entirely-else");
  EXPECT_EQ(fault_of("int", "dyndbg=+p"), "");
}

TEST(ParameterValues, OneVerdictHasAllThatIsSaidOfAParameter) {
  const std::vector<InfoField> info{{"parmtype", "num:int"}};
  const auto judged = [&](const std::string& text) {
    return judge_parameter(info, parameter_words(text).at(0));
  };
  EXPECT_FALSE(judged("nun=4").known);
  EXPECT_EQ(judged("nun=4").nearest, "num");
  EXPECT_TRUE(judged("num=x").known);
  EXPECT_EQ(judged("num=x").nearest, "");
  EXPECT_NE(judged("num=x").fault, "");
  EXPECT_TRUE(judged("dyndbg=+p").known);
  EXPECT_EQ(judged("num=4").fault, "");
}

TEST(ParameterValues, NumbersAreOfTheirType) {
  expect_taken("int", {"0", "4", "-1", "+7", "0x10", "017", "2147483647", "-2147483648", "\"4\""});
  expect_refused("int", {"", "four", "4x", "08", "0x", "2147483648", "-2147483649", "1,2"});
  expect_taken("uint", {"4294967295"});
  expect_refused("uint", {"-1", "4294967296"});
  expect_taken("byte", {"255"});
  expect_refused("byte", {"256"});
  expect_taken("ulong", {"18446744073709551615"});
  expect_refused("ullong", {"18446744073709551616"});
  EXPECT_EQ(fault_of("int", "num=four"),
            "takes no such value for num, which is of type int: 'four'");
}

TEST(ParameterValues, SwitchesTakeTheWordsOfTheKernel) {
  expect_taken("bool", {"1", "0", "y", "N", "on", "OFF", "true"});
  expect_refused("bool", {"2", "o", "maybe"});
  EXPECT_EQ(fault_of("bool", "num"), "");
  EXPECT_NE(fault_of("invbool", "num"), "");
  EXPECT_EQ(fault_of("int", "num"), "takes a value for num (int)");
}

TEST(ParameterValues, EachOfAnArrayCounts) {
  expect_taken("array of int", {"1", "1,2,-3"});
  expect_refused("array of int", {"1,x", "1,", ""});
  expect_taken("array of charp", {"a,b"});
}

TEST(ParameterValues, NothingIsSaidOfATypeOfTheModulesOwn) {
  expect_taken("ring_size", {"anything"});
  EXPECT_EQ(fault_of("int", "old=anything"), "");
}

}  // namespace
}  // namespace kmodsec::test
