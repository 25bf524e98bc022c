// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/stable_changelog.hpp"

#include <gtest/gtest.h>

#include "format/cves/title_digest.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view changelog =
    "linux-signed-amd64 (6.1.192+3) bookworm-security; urgency=high\n\n"
    "  * Sign kernel from linux 6.1.192-3\n\n"
    " -- A <a@b>  Thu, 26 Nov 2026 18:12:56 +0100\n\n"
    "linux (6.1.192-3) bookworm-security; urgency=high\n\n"
    "  * New upstream stable update:\n"
    "    https://www.kernel.org/pub/linux/kernel/v6.x/ChangeLog-6.1.191\n"
    "    - [x86] net: mend what was broken before (CVE-2026-1000,\n"
    "      CVE-2026-1001)\n"
    "    https://www.kernel.org/pub/linux/kernel/v6.x/ChangeLog-6.1.192\n"
    "    - Revert \"net: a fix that comes and goes\"\n"
    "\n"
    "  [ A Name ]\n"
    "  * net: a change of the maker's own (CVE-2026-1002)\n\n"
    " -- A <a@b>  Mon, 16 Nov 2026 11:17:40 +0100\n\n"
    "linux (6.1.190-1) bookworm-security; urgency=high\n\n"
    "    https://www.kernel.org/pub/linux/kernel/v6.x/ChangeLog-6.1.190\n"
    "    - net: a fix that comes and goes (CVE-2026-1003)\n";

TEST(StableChangelog, TellsWhatIsInEachRelease) {
  const auto read = parse_stable_changelog(changelog);
  EXPECT_EQ(read.version, "6.1.192-3");
  EXPECT_EQ(read.date, "2026-11-16");
  ASSERT_EQ(read.changes.size(), 2U);
  EXPECT_EQ(read.changes[0].release, (UpstreamVersion{.mainline = {6, 1}, .patch = 191}));
  EXPECT_EQ(read.changes[0].digest, title_digest("net: mend what was broken before"));
  EXPECT_EQ(read.changes[0].ids, (std::vector<std::string>{"2026-1000", "2026-1001"}));
  EXPECT_EQ(read.changes[1].release.patch, 192U);
}

TEST(StableChangelog, PassesOverWhatItDoesNotKnow) {
  for (const std::string_view text :
       {"", "linux (", "  - a (CVE-2026-1000)\n", "/ChangeLog-\n  - a title of a commit\n",
        "  /ChangeLog-7.0\n  - a title of a commit (CVE-2026-1000)\n"})
    EXPECT_TRUE(parse_stable_changelog(text).changes.empty()) << text;
}

}  // namespace
}  // namespace kmodsec
