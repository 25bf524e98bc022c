// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/kernel_changelog.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "format/cves/title_digest.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view changelog =
    "linux (6.1.192-2) bookworm; urgency=medium\n"
    "\n"
    "  * New upstream stable update:\n"
    "    - Revert \"net: first\n"
    "      fix\"\n"
    "    - [arm64] KVM: transfer the pages out of the host\n"
    "      (CVE-2026-98466, CVE-2026-98467)\n"
    "\n"
    " -- A <a@b>  Sat, 14 Nov 2026 13:56:01 +0100\n"
    "\n"
    "linux (6.1.90-1) bookworm; urgency=medium\n"
    "\n"
    "    - net: first fix (CVE-2024-27022)\n"
    "  * [x86] Revert \"b\" (CVE-2024-1111)\n"
    "    - c (CVE-2024-2222)\n"
    "\n"
    "linux (6.1.80-1) bookworm; urgency=medium\n"
    "\n"
    "    - c, first try (CVE-2024-2222)\n";

TEST(KernelChangelog, NamesWhatEachPackageFixed) {
  const auto mentions = parse_kernel_changelog(changelog).mentions;
  ASSERT_EQ(mentions.size(), 5U);
  EXPECT_EQ(mentions[1].id, "2024-2222");
  EXPECT_EQ(mentions[1].version, "6.1.90-1");
  EXPECT_EQ(mentions[3].id, "2026-98466");
  EXPECT_EQ(mentions[3].title, "KVM: transfer the pages out of the host");
  EXPECT_EQ(mentions[4].id, "2026-98467");
}

TEST(KernelChangelog, TellsWhatWasTakenBackLater) {
  const auto mentions = parse_kernel_changelog(changelog).mentions;
  EXPECT_EQ(mentions[2].id, "2024-27022");
  EXPECT_EQ(mentions[2].version, "6.1.90-1");
  EXPECT_EQ(mentions[2].reverted, "6.1.192-2");
  EXPECT_EQ(mentions[3].reverted, "");
}

TEST(KernelChangelog, TakesARevertForAFixWhereItNamesOne) {
  const auto mentions = parse_kernel_changelog(changelog).mentions;
  EXPECT_EQ(mentions[0].id, "2024-1111");
  EXPECT_EQ(mentions[0].title, "Revert \"b\"");
  EXPECT_EQ(mentions[0].reverted, "");
}

/// What the second field of `CVE-2024-1000` is after these items of one entry, above an entry that
/// fixes it by "net: fix it".
std::string reverted_after(const std::string& items) {
  const auto read = parse_kernel_changelog("linux (2)\n" + items +
                                           "\nlinux (1)\n  - net: fix it (CVE-2024-1000)\n");
  return read.mentions.at(0).reverted;
}

TEST(KernelChangelog, TheItemsOfAnEntryAreInTheOrderOfTheirChanges) {
  EXPECT_EQ(reverted_after("  - Revert \"net: fix it\"\n"), "2");
  EXPECT_EQ(reverted_after("  - Revert \"net: fix it\"\n  - net: fix it (CVE-2024-1000)\n"), "");
  EXPECT_EQ(reverted_after("  - net: fix it (CVE-2024-1000)\n  - Revert \"net: fix it\"\n"), "2");
  EXPECT_EQ(reverted_after("  - Revert \"net: fix it\"\n  - net: fix it\n"), "2");
}

TEST(KernelChangelog, KnowsEveryFormOfARevert) {
  EXPECT_EQ(reverted_after("  - net: Revert \"net: fix it\"\n"), "2");
  EXPECT_EQ(reverted_after("  - net: Revert \"fix it\"\n"), "2");
  EXPECT_EQ(reverted_after("  * [x86] revert \"net: fix it\" (Closes: #1)\n"), "2");
  EXPECT_EQ(reverted_after("  * Partially revert \"net: fix it (v2)\"\n"), "2");
  EXPECT_EQ(
      reverted_after("  * Revert \"net: fix it\"\n    [ A Name ]\n  * Reapply \"net: fix it\"\n"),
      "");
  EXPECT_EQ(reverted_after("  * Revert \"Revert \"net: fix it\"\"\n"), "");
  EXPECT_EQ(reverted_after("  * Revert \"Reapply \"net: fix it\"\"\n"), "2");
}

TEST(KernelChangelog, AFixMadeAgainInOtherWordsHolds) {
  const auto read = parse_kernel_changelog(
      "linux (3)\n  - net: fix it well (CVE-2024-1000)\n\n"
      "linux (2)\n  - Revert \"net: fix it\"\n\n"
      "linux (1)\n  - net: fix it (CVE-2024-1000)\n");
  EXPECT_EQ(read.mentions.at(0).version, "3");
  EXPECT_EQ(read.mentions.at(0).reverted, "");
}

TEST(KernelChangelog, KeepsTheChangesOfItsMaker) {
  const auto read = parse_kernel_changelog(
      "linux (6.1.170-2) bookworm-security; urgency=high\n\n"
      "  [ Ben Hutchings ]\n"
      "  * rxrpc: Also unshare DATA/RESPONSE packets when paged frags are\n"
      "    present\n\n"
      "  [ Salvatore Bonaccorso ]\n"
      "  * [amd64] net: a fix that was taken back later\n\n"
      " -- A <a@b>  Fri, 08 May 2026 14:16:54 +0200\n\n"
      "linux (6.1.170-1) bookworm; urgency=medium\n\n"
      "  * New upstream stable update:\n"
      "    https://www.kernel.org/pub/linux/kernel/v6.x/ChangeLog-6.1.165\n"
      "    - net: a change of upstream's stable release\n"
      "    - Revert \"net: a fix that was taken back later\"\n");
  ASSERT_EQ(read.changes.size(), 2U);
  const auto found = std::ranges::find(
      read.changes,
      title_digest("rxrpc: Also unshare DATA/RESPONSE packets when paged frags are present"),
      &ChangelogChange::digest);
  ASSERT_NE(found, read.changes.end());
  EXPECT_EQ(found->version, "6.1.170-2");
  EXPECT_EQ(found->year, 2026U);
}

TEST(KernelChangelog, AChangeThatWasTakenBackIsNone) {
  const auto read = parse_kernel_changelog(
      "linux (2)\n  * Revert \"net: a fix for everybody\"\n\nlinux (1)\n  * net: a fix for "
      "everybody\n");
  EXPECT_EQ(std::ranges::count(read.changes, title_digest("net: a fix for everybody"),
                               &ChangelogChange::digest),
            0);
}

TEST(KernelChangelog, ReadsTheItemsOfRpmPackages) {
  const auto read = parse_kernel_changelog(
      "kernel (5.14.0-427.el9)\n  - net/sched: a fix for everybody (A Name) [RHEL-1] "
      "{CVE-2024-1000}\n"
      "  - scsi: another for everybody (bsc#1 CVE-2024-1001).\n -- 2024\n");
  ASSERT_EQ(read.mentions.size(), 2U);
  EXPECT_EQ(read.mentions[0].title, "net/sched: a fix for everybody");
  ASSERT_EQ(read.changes.size(), 2U);
  EXPECT_EQ(read.changes[0].year, 2024U);
}

TEST(KernelChangelog, TakesNoTextForAnId) {
  EXPECT_TRUE(parse_kernel_changelog("linux (1)\n  * a (CVE-20x4-1234, CVE-2024-1, CVE-)\n")
                  .mentions.empty());
}

TEST(KernelChangelog, TakesTheFirstMentionWithoutAnEntry) {
  const auto mentions = parse_kernel_changelog("  * a (CVE-2024-1234)\n").mentions;
  ASSERT_EQ(mentions.size(), 1U);
  EXPECT_EQ(mentions[0].version, "");
}

}  // namespace
}  // namespace kmodsec
