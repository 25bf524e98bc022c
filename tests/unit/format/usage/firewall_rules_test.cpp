// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/usage/firewall_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kmodsec {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

constexpr std::string_view nat_of_a_router = R"(#!/usr/sbin/nft -f
flush ruleset
# table inet ghost { chain c { tproxy } }
table inet filter {
  ct helper ftp-standard { type "ftp" protocol tcp }
  chain input {
    type filter hook input priority 0; policy drop;
    ct state established,related accept
    limit rate 10/second log prefix "dropped " group 2
    reject with icmpx type admin-prohibited
  }
}
table ip nat {
  chain postrouting { type nat hook postrouting priority 100; oifname "wan" masquerade; }
}
)";

TEST(NftablesRules, AskForWhatTheirStatementsAre) {
  EXPECT_THAT(requests_of_nftables(nat_of_a_router),
              IsSupersetOf({"nf_tables", "nft-expr-ct", "nft-expr-limit", "nft-expr-log",
                            "nf_log_syslog", "nfnetlink_log", "nft-expr-1-reject", "nft-expr-masq",
                            "nft-chain-2-nat", "nfct-helper-ftp", "nf_conntrack"}));
}

TEST(NftablesRules, AskForNoMore) {
  const auto requests = requests_of_nftables(nat_of_a_router);
  EXPECT_THAT(requests, Not(Contains("nft-expr-tproxy")));
  EXPECT_THAT(requests, Not(Contains("nft-expr-5-fib")));
  EXPECT_THAT(requests_of_nftables("# table inet x { masquerade }\nflush ruleset\n"), IsEmpty());
  EXPECT_THAT(requests_of_nftables(""), IsEmpty());
}

TEST(NftablesRules, AFlowtableIsOfItsFamily) {
  EXPECT_THAT(requests_of_nftables("table inet t { flowtable f { } chain c { flow add @f } }"),
              IsSupersetOf({"nf-flowtable-1", "nft-expr-flow_offload"}));
}

TEST(NftablesRules, AHashInAStringStartsNoComment) {
  EXPECT_THAT(requests_of_nftables("table ip t { log prefix \"#1 \" reject # tproxy\n}"),
              AllOf(Contains("nft-expr-reject"), Not(Contains("nft-expr-tproxy"))));
}

TEST(NftIncludes, StandAnywhereOutsideCommentsAndStrings) {
  EXPECT_THAT(nft_includes("table inet f { include \"/etc/a.nft\"; }\n"
                           "flush ruleset; include \"b\"; include\t\\\n  \"c/*.nft\"\n"
                           "include \"d\" # include \"no\"\n"
                           "  include 'e'\n"
                           "log prefix \"#\"; include \"f\"\n"),
              ElementsAre("/etc/a.nft", "b", "c/*.nft", "d", "e", "f"));
  EXPECT_THAT(nft_includes("# it's \" include \"a\"\n"
                           "comment \"include \"\ncomment \"two\n include \"\n"
                           "includes \"a\"\nre-include \"a\"\ninclude a\ninclude"),
              IsEmpty());
}

TEST(IptablesRules, AskForTablesMatchesAndTargets) {
  EXPECT_THAT(requests_of_iptables("*nat\n:POSTROUTING ACCEPT [0:0]\n"
                                   "-A POSTROUTING -o wan -p tcp -m conntrack --ctstate NEW "
                                   "-j MASQUERADE\nCOMMIT\n"),
              IsSupersetOf({"iptable_nat", "ip6table_nat", "ip_tables", "xt_conntrack",
                            "ipt_conntrack", "xt_MASQUERADE", "ipt_tcp", "nft-expr-match"}));
}

TEST(IptablesRules, AChainIsNoTarget) {
  EXPECT_THAT(requests_of_iptables("*filter\n-A INPUT -j ufw-before-input\n"),
              Not(Contains("xt_ufw-before-input")));
}

TEST(IptablesRules, OfNothingAreNone) {
  EXPECT_THAT(requests_of_iptables(""), IsEmpty());
  EXPECT_THAT(requests_of_iptables("# *nat\n# -A INPUT -m limit -j LOG\n"), IsEmpty());
}

TEST(IptablesRules, StrangeNamesAreLeftOut) {
  EXPECT_THAT(requests_of_iptables("-A INPUT -m ../../x -m " + std::string(100, 'a') + "\n"),
              IsEmpty());
}

}  // namespace
}  // namespace kmodsec
