// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/busybox_conf.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(BusyboxConf, KnowsThreeDirectivesAndInclude) {
  const BusyboxConf conf = parse_busybox_conf(
      "install a /bin/false\nblacklist b-c.x # why\n  alias x-[0-9] m-n\noptions o p=1 q=2 \n"
      "softdep a pre: b\ninclude /etc/other\nalias alone\nblacklist\n",
      "a.conf");
  ASSERT_EQ(conf.lines.size(), 3U);
  EXPECT_EQ(conf.lines[0].directive, Directive::blacklist);
  EXPECT_EQ(conf.lines[0].name, "b_c");
  EXPECT_EQ(conf.lines[0].line, 2U);
  EXPECT_EQ(conf.lines[1].name, "x_[0_9]");
  EXPECT_EQ(conf.lines[1].argument, "m_n");
  EXPECT_EQ(conf.lines[2].argument, "p=1 q=2");
  EXPECT_EQ(conf.includes, std::vector<std::string>{"/etc/other"});
}

TEST(BusyboxConf, ABackslashJoinsTheNextLine) {
  const BusyboxConf conf = parse_busybox_conf("blacklist \\\na\nblacklist b\\", "a.conf");
  ASSERT_EQ(conf.lines.size(), 2U);
  EXPECT_EQ(conf.lines[0].name, "a");
  EXPECT_EQ(conf.lines[0].line, 1U);
  EXPECT_EQ(conf.lines[1].name, "b");
}

}  // namespace
}  // namespace kmodsec
