// SPDX-License-Identifier: GPL-2.0-or-later
//
// A verb that is asked about one module reads a few files: its answer is that of a verb, or of a
// snapshot, that has all.
#include "analyze/deciding_modules.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "analyze/exposure_report.hpp"
#include "analyze/modules/loaded_files.hpp"
#include "analyze/modules/module_lookup.hpp"
#include "property/faulty_files.hpp"
#include "report/exposure_report.hpp"

namespace kmodsec::test {
namespace {

using Json = nlohmann::json;

Json modules_of(const Facts& facts, const std::vector<std::string>& names) {
  const ExposureReport report = answer_doors(facts, {.modules = names, .requests = {}});
  return Json::parse(print_doors_json(report)).at("modules");
}

TEST(DecidingModulesProperty, TheirFilesDecideLikeAll) {
  RandomFacts random(10);
  std::set<std::string> states;
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(round);
    const Facts whole = host_with_faulty_files(random);
    for (const Json& expected : modules_of(whole, known_modules(whole))) {
      const std::string name = expected.at("name");
      Facts part = whole;
      keep_files_named(part, modules_that_decide(whole, {.modules = {name}, .requests = {}}));
      EXPECT_EQ(modules_of(part, {name}).at(0), expected);
      states.insert(expected.at("load_state"));
    }
  }
  EXPECT_TRUE(states.contains("open") && states.contains("closed"));
}

}  // namespace
}  // namespace kmodsec::test
