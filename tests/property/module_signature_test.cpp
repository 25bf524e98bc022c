// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/module_signature.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/module_builder.hpp"
#include "support/random_facts.hpp"

namespace kmodsec::test {
namespace {

TEST(ModuleSignatureProperty, SplittingUndoesAppending) {
  RandomFacts random(11);
  for (int round = 0; round < 2000; ++round) {
    std::string module = random.bytes(200) + "x";
    if (random.chance(4)) module = with_trailer(module, random.bytes());
    const std::string cms = random.bytes(300) + "x";
    const std::string whole = with_trailer(module, cms);
    const auto parts = split_signature(whole);
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->payload, module);
    ASSERT_EQ(parts->cms, cms);
  }
}

}  // namespace
}  // namespace kmodsec::test
