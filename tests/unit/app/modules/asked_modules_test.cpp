// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/modules/asked_modules.hpp"

#include <gtest/gtest.h>

#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

using Names = std::vector<std::string>;

/// What each reading was for.
struct Readings {
  std::vector<Names> of;
  Result<AskedModules> asked;
};

Readings read(const Names& words, const Names& also = {}) {
  Options options;
  options.snapshot = "machine.json";  // No file is looked for.
  Readings readings;
  readings.asked = read_twice_for_aliases(options, words, also, [&](const Names& modules) {
    readings.of.push_back(modules);
    return Result<Facts>(machine_with_lines("alias disc isofs\n"));
  });
  return readings;
}

TEST(AskedModules, AreReadOnceByTheirNamesAndFiles) {
  const Names words = {"udf", "crc-itu-t", "udf", "/tmp/isofs.ko.xz", "no_such"};
  const Readings readings = read(words, {"dummy"});
  ASSERT_TRUE(readings.asked);
  EXPECT_EQ(readings.asked->modules, (Names{"udf", "crc_itu_t", "isofs", "no_such", "dummy"}));
  EXPECT_EQ(readings.of.size(), 1U);
}

TEST(AskedModules, AreReadOnceWhereNothingIsNamed) {
  const Readings readings = read({});
  ASSERT_TRUE(readings.asked);
  EXPECT_EQ(readings.of, std::vector<Names>{Names{}});
}

TEST(AskedModules, AreReadTwiceByAnAliasWithTheFilesThatItMeans) {
  const Readings readings = read({"disc"}, {"dummy"});
  ASSERT_TRUE(readings.asked);
  EXPECT_EQ(readings.of, (std::vector<Names>{{"disc", "dummy"}, {"isofs", "dummy"}}));
  EXPECT_EQ(readings.asked->modules, (Names{"isofs", "dummy"}));
}

TEST(AskedModules, AreNoneOfWhatNoModuleIsNamed) {
  EXPECT_EQ(read({"no such module"}).asked.error().kind, ErrorKind::usage);
}

}  // namespace
}  // namespace kmodsec::test
