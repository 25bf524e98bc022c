// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/deciding_modules.hpp"

#include <gtest/gtest.h>

#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

using Names = std::vector<std::string>;

Facts machine_with_netfilter(std::string_view lines = "") {
  Facts facts = machine_with_lines(lines);
  std::vector<IndexEntry>& index = *facts.trees.front().index;
  index.push_back({"nft_ct", "kernel/nft_ct.ko", {"nf_tables", "libcrc32c", "nf_conntrack"}});
  index.push_back({"nf_tables", "kernel/nf_tables.ko", {"libcrc32c"}});
  index.push_back({"nf_conntrack", "kernel/nf_conntrack.ko", {}});
  index.push_back({"libcrc32c", "kernel/libcrc32c.ko", {}});
  return facts;
}

Names deciding_about(const Facts& facts, const Names& modules, const Names& requests = {}) {
  return modules_that_decide(facts, {.modules = modules, .requests = requests});
}

TEST(DecidingModules, AreTheModuleAndWhatItNeeds) {
  EXPECT_EQ(deciding_about(machine_with_netfilter(), {"udf"}), (Names{"crc_itu_t", "udf"}));
}

TEST(DecidingModules, AreThoseThatBringItAlongWithWhatTheyNeed) {
  EXPECT_EQ(deciding_about(machine_with_netfilter(), {"libcrc32c"}),
            (Names{"libcrc32c", "nf_conntrack", "nf_tables", "nft_ct"}));
}

TEST(DecidingModules, FollowSoftDependencies) {
  const Facts facts = machine_with_netfilter("softdep isofs pre: nft_ct");
  EXPECT_EQ(deciding_about(facts, {"isofs"}),
            (Names{"isofs", "libcrc32c", "nf_conntrack", "nf_tables", "nft_ct"}));
}

TEST(DecidingModules, AreThoseThatARequestLeadsTo) {
  EXPECT_EQ(deciding_about(machine_with_netfilter("alias disc udf"), {}, {"disc", "fs-isofs"}),
            (Names{"crc_itu_t", "isofs", "udf"}));
}

TEST(DecidingModules, AreNoneThatNoIndexNames) {
  EXPECT_EQ(deciding_about(machine_with_netfilter(), {"ext4", "nowhere"}), Names{});
}

TEST(DecidingModules, AreThoseOfEveryKernel) {
  Facts facts = machine_with_netfilter();
  ModuleTree& other = add_kernel(facts, "6.9");
  other.index = std::vector<IndexEntry>{{"udf", "kernel/udf.ko", {"cdrom"}},
                                        {"cdrom", "kernel/cdrom.ko", {}}};
  EXPECT_EQ(deciding_about(facts, {"udf"}), (Names{"cdrom", "crc_itu_t", "udf"}));
}

}  // namespace
}  // namespace kmodsec::test
