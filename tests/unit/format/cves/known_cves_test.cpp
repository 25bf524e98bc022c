// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/known_cves.hpp"
#include "cve-tables/print_known_cves.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/packers.hpp"

namespace kmodsec {
namespace {

const std::string head =
    "kmodsec known cves 2\n"
    "date\t2026-08-21\n"
    "source\tKernel CNA\td9dda40c8f21\t2026-08-21\tCVE terms of use\n"
    "branch\t2.6.32\t70\n"
    "branch\t6.1\t183\n";

std::string reason_of(const std::string& text) {
  const auto tables = parse_known_cves(text);
  return tables ? "" : tables.error().reason;
}

TEST(KnownCves, TellsWhatARowTells) {
  const std::string text = head +
                           "2021-0920\tunix\tb\t0>5.14,4.4.276\twild\tuser\t\thttps://a.example\n"
                           "2024-1086\tnf_tables,x\tch\t3.15>6.8;5.4.1>\tpublic\tuserns\tLLLNUHHH\n"
                           "2024-26581\t@net/core\n";
  const auto tables = parse_known_cves(text);
  ASSERT_TRUE(tables) << tables.error().reason;
  EXPECT_EQ(tables->date, 1787270400);
  ASSERT_EQ(tables->sources.size(), 1U);
  EXPECT_EQ(tables->sources[0].licence, "CVE terms of use");
  ASSERT_EQ(tables->branches.size(), 2U);
  EXPECT_EQ(tables->branches[1].name, "6.1");
  EXPECT_EQ(tables->branches[1].patch, 183U);
  ASSERT_EQ(tables->cves.size(), 3U);
  EXPECT_EQ(tables->cves[0].id, "2021-0920");
  EXPECT_EQ(tables->cves[0].exploit, Exploit::in_the_wild);
  EXPECT_EQ(tables->cves[0].links, "https://a.example");
  EXPECT_EQ(tables->cves[1].modules, "nf_tables,x");
  EXPECT_EQ(tables->cves[1].flags, "ch");
  EXPECT_EQ(tables->cves[1].versions, "3.15>6.8;5.4.1>");
  EXPECT_EQ(tables->cves[1].trigger, "userns");
  EXPECT_EQ(tables->cves[1].score, "LLLNUHHH");
  EXPECT_EQ(tables->cves[2].modules, "@net/core");
  EXPECT_EQ(tables->cves[2].exploit, Exploit::none);
}

TEST(KnownCves, TellsTheTitleOfAFixByItsDigest) {
  const std::string row = "2024-1086\tnf_tables\t\t3.15>6.8\t\t\t\t\t0123456789\n";
  const std::string text = head + row;
  const auto tables = parse_known_cves(text);
  ASSERT_TRUE(tables) << tables.error().reason;
  EXPECT_EQ(tables->cves.at(0).title, "0123456789");
  EXPECT_EQ(reason_of(head + "2024-1086\ta\t\t\t\t\t\t\t012345678\n"),
            "line 6: not a digest of a title");
  EXPECT_EQ(reason_of(head + "2024-1086\ta\t\t\t\t\t\t\t012345678G\n"),
            "line 6: not a digest of a title");
}

TEST(KnownCves, ReadsTheFirstFormatWhichHadNoTitles) {
  const std::string first = "kmodsec known cves 1\ndate\t2026-08-21\n";
  EXPECT_EQ(reason_of(first + "2024-1086\tnf_tables\t\t3.15>6.8\n"), "");
  EXPECT_EQ(reason_of(first + "2024-1086\ta\t\t\t\t\t\t\t0123456789\n"),
            "line 3: holds a field too many");
}

TEST(KnownCves, ReadsTheTablesThatAreCompiledIn) {
  const auto tables = parse_known_cves(shipped_known_cves());
  ASSERT_TRUE(tables) << tables.error().reason;
  EXPECT_GT(tables->cves.size(), 14000U);
  EXPECT_FALSE(tables->sources.empty());
}

TEST(KnownCves, PrintsWhatItReads) {
  const std::string text = head +
                           "2021-0920\tunix\tb\t\twild\tuser\t\thttps://a.example\n"
                           "2024-1086\tx\t\t0>;5.4.1>\tpublic\n"
                           "2024-26581\t@net/core\n";
  EXPECT_EQ(print_known_cves(parse_known_cves(text).value()), text);
  const std::string shipped(shipped_known_cves());
  EXPECT_EQ(print_known_cves(parse_known_cves(shipped).value()), shipped);
}

TEST(KnownCves, RefusesAnotherFormatAndWhatIsCut) {
  EXPECT_EQ(reason_of(""), "does not start with 'kmodsec known cves 2'");
  EXPECT_EQ(reason_of("kmodsec known cves 10\n"), "does not start with 'kmodsec known cves 2'");
  EXPECT_EQ(reason_of("kmodsec known cves 1\n"), "no date in it");
  EXPECT_EQ(reason_of("kmodsec known cves 1\ndate\t1013-08-21\n"),
            "line 2: not a date such as 2026-08-21");
  EXPECT_EQ(reason_of(head + "2024-1086\tnf_tab"), "the last line has no end: a part is missing");
  EXPECT_EQ(reason_of(std::string(known_cves_limit + 1, 'x')),
            "larger than tables of known vulnerabilities may be");
}

TEST(KnownCves, RefusesTheWrongOrder) {
  EXPECT_EQ(reason_of(head + "2024-2000\tx\n2024-10000\tx\n"), "");
  EXPECT_EQ(reason_of(head + "2024-2000\tx\n2024-1000\tx\n"), "line 7: out of the order of ids");
  EXPECT_EQ(reason_of(head + "2024-2000\tx\n2024-2000\tx\n"), "line 7: out of the order of ids");
  EXPECT_EQ(reason_of(head + "2024-2000\tx\n2023-3000\tx\n"), "line 7: out of the order of ids");
  EXPECT_EQ(reason_of(head + "2024-2000\tx\nbranch\t6.6\t1\n"),
            "line 7: a line that is not a vulnerability, below one");
}

TEST(KnownCves, RefusesFieldsThatAreNone) {
  const auto of_row = [](const std::string& row) { return reason_of(head + row + "\n"); };
  EXPECT_EQ(of_row("2024-108\tx"), "line 6: not an id such as 2024-1086");
  EXPECT_EQ(of_row("2024-1086"), "line 6: no names of modules");
  EXPECT_EQ(of_row("2024-1086\ta b"), "line 6: no names of modules");
  EXPECT_EQ(of_row("2024-1086\tx\tz"), "line 6: a flag that the format does not know");
  EXPECT_EQ(of_row("2024-1086\tx\t\t6.1"), "line 6: no versions");
  EXPECT_EQ(of_row("2024-1086\tx\t\t\tmaybe"), "line 6: an exploit is wild, public or nothing");
  EXPECT_EQ(of_row("2024-1086\tx\t\t\t\tmoon"), "line 6: a trigger that the format does not know");
  EXPECT_EQ(of_row("2024-1086\tx\t\t\t\t\tLLL"), "line 6: not a score of eight letters");
  EXPECT_EQ(of_row("2024-1086\tx\t\t\t\t\t\tfile:///"), "line 6: not a link to the web");
  EXPECT_EQ(of_row("2024-1086\tx\t\t\t\t\t\thttp://a\t0123456789\tx"),
            "line 6: holds a field too many");
  EXPECT_EQ(of_row("2024-1086\tx\t"), "line 6: ends with an empty field");
  EXPECT_EQ(of_row("2024-1086\tx\x1b"), "line 6: holds bytes that are not printable ASCII");
  EXPECT_EQ(of_row(""), "line 6: neither a vulnerability nor date, source or branch");
  EXPECT_EQ(of_row("date\t2026-08-21"), "line 6: a second date");
  EXPECT_EQ(of_row("branch\t6\t1"), "line 6: not a branch and its patch level");
  EXPECT_EQ(of_row("source\ta"), "line 6: a source has a name, revision, date and licence");
}

TEST(KnownCves, TheShippedOnesAddLittleToThePackage) {
  EXPECT_LT(test::zstd(std::string(shipped_known_cves())).size(), 512UL * 1024);
}

TEST(KnownCves, KnowsVersions) {
  EXPECT_TRUE(are_cve_versions("0>"));
  EXPECT_TRUE(are_cve_versions("0>6.1;2.6.32.5>2.6.33,6.1.2;6.5>"));
  EXPECT_FALSE(are_cve_versions(""));
  EXPECT_FALSE(are_cve_versions("0"));
  EXPECT_FALSE(are_cve_versions("0>;"));
  EXPECT_FALSE(are_cve_versions("6>6.1"));
  EXPECT_FALSE(are_cve_versions("0>6.1,"));
  EXPECT_FALSE(are_cve_versions("0>6.1.2.3.4"));
  EXPECT_FALSE(are_cve_versions("0>6.100000"));
}

TEST(KnownCves, KnowsIds) {
  EXPECT_LT(parse_cve_id("2024-9999"), parse_cve_id("2024-10000"));
  EXPECT_FALSE(parse_cve_id("2024-"));
  EXPECT_FALSE(parse_cve_id("CVE-2024-1086"));
  EXPECT_FALSE(parse_cve_id("2024-1234567890123"));
}

}  // namespace
}  // namespace kmodsec
