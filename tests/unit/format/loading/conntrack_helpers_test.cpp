// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/conntrack_helpers.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

using Requests = std::vector<std::string>;

TEST(ConntrackHelpers, ReadsRulesOfIptables) {
  EXPECT_EQ(requested_helpers("*raw\n-A PREROUTING -p tcp --dport 21 -j CT --helper ftp\nCOMMIT\n"),
            (Requests{"nfct-helper-ftp"}));
}

TEST(ConntrackHelpers, ReadsObjectsOfNftables) {
  EXPECT_EQ(requested_helpers("ct helper a {\n  type \"sip\" protocol udp\n}\n"
                              "chain b {\n  type filter hook input priority 0;\n}\n"),
            (Requests{"nfct-helper-sip"}));
}

TEST(ConntrackHelpers, ReadsModulesOfUfw) {
  EXPECT_EQ(requested_helpers("IPT_MODULES=\"nf_nat_ftp nf_conntrack_ftp\"\n"),
            (Requests{"nf_conntrack_ftp", "nf_nat_ftp"}));
}

TEST(ConntrackHelpers, PassesOverRemarksAndWhatNamesNothing) {
  EXPECT_TRUE(
      requested_helpers("# -j CT --helper ftp\n--helper\n--helper a\x1b\ntype \"ftp\"\n").empty());
}

}  // namespace
}  // namespace kmodsec
