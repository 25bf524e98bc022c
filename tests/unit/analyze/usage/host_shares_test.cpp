// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/host_shares.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

OtherHost host(const std::string& from, const std::vector<std::string>& modules) {
  OtherHost other{from, {}};
  for (const std::string& module : modules) other.record.modules.emplace_back().module = module;
  return other;
}

KeepSet keeping(const std::vector<std::string>& modules) {
  KeepSet set;
  for (const std::string& module : modules) set.kept.emplace_back().module = module;
  return set;
}

TEST(HostShares, AreWhatOneHostAloneNeeds) {
  const std::vector<OtherHost> hosts = {host("web", {"ext4", "nf_tables", "tls"}),
                                        host("db", {"ext4", "nf_tables", "dm_mod"})};
  const auto shares =
      host_shares(hosts, keeping({"ext4"}), keeping({"dm_mod", "ext4", "nf_tables", "tls"}));
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_EQ(shares[0].host, "web");
  EXPECT_EQ(shares[0].modules, 3U);
  EXPECT_EQ(shares[0].adds, std::vector<std::string>{"tls"});
  EXPECT_EQ(shares[1].adds, std::vector<std::string>{"dm_mod"});
}

TEST(HostShares, AreOfModulesThatTheUnionKeeps) {
  const std::vector<OtherHost> hosts = {host("old", {"ide_core"})};
  const auto shares = host_shares(hosts, {}, {});
  EXPECT_EQ(shares.at(0).modules, 1U);
  EXPECT_TRUE(shares.at(0).adds.empty());
}

TEST(HostShares, CountAModuleOfARecordOnce) {
  const std::vector<OtherHost> hosts = {host("twice", {"tls", "tls"})};
  const auto shares = host_shares(hosts, {}, keeping({"tls"}));
  EXPECT_EQ(shares.at(0).modules, 1U);
  EXPECT_EQ(shares.at(0).adds, std::vector<std::string>{"tls"});
}

}  // namespace
}  // namespace kmodsec
