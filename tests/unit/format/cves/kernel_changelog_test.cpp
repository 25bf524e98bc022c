// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/kernel_changelog.hpp"

#include <gtest/gtest.h>

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
  const auto mentions = parse_kernel_changelog(changelog);
  ASSERT_EQ(mentions.size(), 4U);
  EXPECT_EQ(mentions[0].id, "2024-2222");
  EXPECT_EQ(mentions[0].version, "6.1.90-1");
  EXPECT_EQ(mentions[2].id, "2026-98466");
  EXPECT_EQ(mentions[2].title, "KVM: transfer the pages out of the host");
  EXPECT_EQ(mentions[3].id, "2026-98467");
}

TEST(KernelChangelog, TellsWhatWasTakenBackLater) {
  const auto mentions = parse_kernel_changelog(changelog);
  EXPECT_EQ(mentions[1].id, "2024-27022");
  EXPECT_EQ(mentions[1].version, "6.1.90-1");
  EXPECT_EQ(mentions[1].reverted, "6.1.192-2");
  EXPECT_EQ(mentions[2].reverted, "");
}

TEST(KernelChangelog, TakesNoTextForAnId) {
  EXPECT_TRUE(
      parse_kernel_changelog("linux (1)\n  * a (CVE-20x4-1234, CVE-2024-1, CVE-)\n").empty());
}

TEST(KernelChangelog, TakesTheFirstMentionWithoutAnEntry) {
  const auto mentions = parse_kernel_changelog("  * a (CVE-2024-1234)\n");
  ASSERT_EQ(mentions.size(), 1U);
  EXPECT_EQ(mentions[0].version, "");
}

}  // namespace
}  // namespace kmodsec
