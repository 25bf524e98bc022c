// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/boot_needs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/memory_root.hpp"
#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

std::vector<std::string> requests_of_fstab(const std::string& text) {
  MemoryRoot root;
  add_whole_installation(root);
  root.add_file("/etc/fstab", text);
  std::vector<std::string> requests;
  const auto needs = collect_boot_needs(root);
  if (!needs) return {"unseen: " + to_string(needs.error())};
  for (const BootNeed& need : *needs) requests.push_back(need.request);
  return requests;
}

TEST(BootNeeds, AreTheFileSystemsOfFstab) {
  EXPECT_THAT(requests_of_fstab("/dev/vda1 / ext4 defaults 0 1\n"), ElementsAre("fs-ext4"));
}

TEST(BootNeeds, AreTheCharsetsOfAFileSystem) {
  EXPECT_THAT(requests_of_fstab("UUID=1-2 /boot/efi vfat umask=0077 0 1\n"),
              ElementsAre("fs-vfat", "nls_utf8", "nls_ascii", "nls_iso8859-1", "nls_cp437"));
  EXPECT_THAT(requests_of_fstab("//nas/share /srv cifs\n"),
              AllOf(Contains("nls_utf8"), Not(Contains("nls_cp437"))));
}

TEST(BootNeeds, AreTheCharsetsThatAMountNames) {
  EXPECT_THAT(requests_of_fstab("/dev/sdb1 /mnt vfat codepage=850,iocharset=iso8859-15 0 0\n"),
              AllOf(Contains("nls_cp850"), Contains("nls_iso8859-15")));
  EXPECT_THAT(requests_of_fstab("/dev/sdb1 /mnt hfs codepage=cp932 0 0\n"), Contains("nls_cp932"));
  EXPECT_THAT(requests_of_fstab("/dev/sdb1 /mnt ntfs3 nls=../x,iocharset= 0 0\n"),
              Not(Contains("nls_../x")));
}

}  // namespace
}  // namespace kmodsec::test
