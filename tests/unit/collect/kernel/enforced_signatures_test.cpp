// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/collect.hpp"

#include <gtest/gtest.h>

#include "support/machine_root.hpp"

namespace kmodsec::test {
namespace {

Facts collected(std::string_view sig_enforce, std::optional<FileScope> files_if_enforced) {
  MemoryRoot root = machine_root();
  root.add_file("/sys/module/module/parameters/sig_enforce", std::string(sig_enforce));
  root.add_file("/sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
  return collect(root, {.files = FileScope::named,
                        .names = {"loop"},
                        .parts = {Part::posture, Part::indexes},
                        .files_if_enforced = files_if_enforced,
                        .jobs = 1})
      .value();
}

TEST(EnforcedSignatures, AreReadAtOnceWhereTheKernelInsistsOnThem) {
  const Facts enforced = collected("Y\n", FileScope::all);
  EXPECT_TRUE(enforced.trust);
  EXPECT_TRUE(enforced.trees.front().complete);
  const Facts named = collected("Y\n", FileScope::named);
  EXPECT_TRUE(named.trust);
  EXPECT_FALSE(named.trees.front().complete);
}

TEST(EnforcedSignatures, AreNotReadWhereTheyDecideNothingOrNobodyAsks) {
  EXPECT_FALSE(collected("N\n", FileScope::all).trust);
  EXPECT_FALSE(collected("N\n", FileScope::all).trees.front().complete);
  EXPECT_FALSE(collected("Y\n", std::nullopt).trust);
}

}  // namespace
}  // namespace kmodsec::test
