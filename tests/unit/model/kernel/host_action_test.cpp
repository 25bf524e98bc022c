// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/kernel/host_action.hpp"

#include <gtest/gtest.h>

namespace kmodsec::test {
namespace {

using Kind = HostActionKind;

constexpr const char* release = "6.1.0-32-amd64";
constexpr const char* image = "/boot/initramfs-6.1.0-32-amd64.img";

TEST(HostAction, TakesReleasesThatKernelsHave) {
  for (const char* good : {"6.1.0-32-amd64", "6.12.0-124.8.1.el10_1.x86_64", "5.10.0-rc7+",
                           "6.8.0-45-generic", "7.0~rc1", "linux-next"}) {
    EXPECT_TRUE(HostAction::make(Kind::rebuild_by_initramfs_tools, good)) << good;
    EXPECT_TRUE(HostAction::make(Kind::rebuild_by_dracut, good, image)) << good;
  }
}

TEST(HostAction, TakesNoOptionAndNoWayElsewhereForARelease) {
  for (const std::string bad : {"", ".", "..", "../..", "-d", "--help", "a/b", "6.1 x", "6.1\n",
                                "$(id)", "`id`", "6.1;id", "\"", "all*", "\xff", "6.1\\"}) {
    EXPECT_FALSE(HostAction::make(Kind::rebuild_by_initramfs_tools, bad)) << bad;
    EXPECT_FALSE(HostAction::make(Kind::rebuild_by_dracut, bad, image)) << bad;
  }
  EXPECT_FALSE(is_installable_release(std::string("6.1\0", 4)));
  EXPECT_FALSE(is_installable_release(std::string(65, '6')));
}

TEST(HostAction, WritesNothingButImages) {
  for (const char* good : {"/boot/initrd.img-6.1", "/usr/lib/modules/6.1/initrd",
                           "/boot/efi/0123abc/6.1/initrd", "/efi/EFI/Linux/x-6.1+3-1.efi"}) {
    EXPECT_TRUE(HostAction::make(Kind::rebuild_by_dracut, release, good)) << good;
  }
  for (const char* bad :
       {"", "initrd", "/etc/initrd", "/boot/../etc/initrd", "/boot/vmlinuz", "/boot/initrd/../x",
        "/boot//initrd", "/boot/./initrd", "/bootinitrd", "/boot/initrd x", "/boot/initrd\n",
        "/boot/initrd;id", "--force", "/boot/grub/grub.cfg", "/boot/initrd/"}) {
    EXPECT_FALSE(HostAction::make(Kind::rebuild_by_dracut, release, bad)) << bad;
  }
}

TEST(HostAction, LeavesUnifiedImagesToWhatMakesThem) {
  for (const char* unified : {"/boot/efi/EFI/Linux/debian-6.1.efi", "/efi/EFI/Linux/x.efi"}) {
    for (const ImageMaker maker : {ImageMaker::dracut, ImageMaker::initramfs_tools})
      EXPECT_FALSE(HostAction::rebuild(maker, release, unified)) << unified;
    EXPECT_TRUE(HostAction::rebuild(ImageMaker::mkinitcpio, release, unified)) << unified;
  }
  EXPECT_TRUE(HostAction::rebuild(ImageMaker::dracut, release, image));
}

TEST(HostAction, RewritesWhatItsProgramDoes) {
  const HostAction rebuild = *HostAction::make(Kind::rebuild_by_initramfs_tools, release);
  for (const std::string& name : names_of_image(image)) EXPECT_TRUE(rebuild.rewrites(name)) << name;
  EXPECT_TRUE(rebuild.rewrites("/boot/efi/EFI/Linux/my arch@home.efi"));
  for (const char* bad : {"/boot/initrd\n", "/boot/../etc/initrd", "/boot//initrd", "/etc/initrd"})
    EXPECT_FALSE(rebuild.rewrites(bad)) << bad;
  EXPECT_FALSE(rebuild.rewrites("/etc/audit/audit.rules"));
  EXPECT_FALSE(rebuild.rewrites("/etc/shadow"));
  EXPECT_FALSE(rebuild.rewrites("/boot/initrd.img.dpkg-bak/../../etc/shadow"));
  const HostAction rules = *HostAction::make(Kind::load_audit_rules);
  EXPECT_TRUE(rules.rewrites("/etc/audit/audit.rules.prev"));
  EXPECT_FALSE(rules.rewrites(image));
  EXPECT_FALSE(HostAction::make(Kind::reload_units)->rewrites(image));
}

TEST(HostAction, IsKnownByItsCommand) {
  for (const auto& action :
       {HostAction::make(Kind::rebuild_by_initramfs_tools, release),
        HostAction::make(Kind::rebuild_by_dracut, release, image),
        HostAction::make(Kind::rebuild_by_mkinitcpio), HostAction::make(Kind::load_audit_rules),
        HostAction::make(Kind::reload_units), HostAction::make(Kind::start_unblock_timer),
        HostAction::make(Kind::stop_unblock_timer)}) {
    ASSERT_TRUE(action);
    EXPECT_EQ(HostAction::of_command(action->command()), action);
    EXPECT_EQ(parse_host_action_kind(to_string(action->kind())), action->kind());
  }
}

TEST(HostAction, IsNoOtherCommand) {
  using Command = std::vector<std::string>;
  for (const Command& command :
       {Command{}, Command{"/bin/sh", "-c", "id"}, Command{"update-initramfs", "-u", "-k", "-d"},
        Command{"update-initramfs", "-u", "-k", release, "x"}, Command{"systemctl", "poweroff"},
        Command{"/tmp/augenrules", "--load"}, Command{"dracut", "--force", "/etc/passwd", release},
        Command{"dracut", "--force", image, "../.."}})
    EXPECT_FALSE(HostAction::of_command(command));
}

}  // namespace
}  // namespace kmodsec::test
