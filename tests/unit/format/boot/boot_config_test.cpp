// SPDX-License-Identifier: GPL-2.0-or-later
// What boot loaders other than GRUB read.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "format/boot/board_config.hpp"
#include "format/boot/boot_command_lines.hpp"
#include "format/boot/extlinux_config.hpp"
#include "format/boot/loader_entry.hpp"

namespace kmodsec::test {
namespace {

using Names = std::vector<std::string>;

TEST(LoaderEntry, HasKeysThatMayComeTwice) {
  const BootEntry entry = parse_loader_entry(
      "# made by kernel-install\ntitle Fedora\nversion 6.8.5\nlinux\t/vmlinuz-6.8.5\n"
      "initrd /a.img\ninitrd /b.img /c.img\noptions root=/dev/a  ro\noptions quiet\n"
      "devicetree /x.dtb\nextra /one.addon.efi\n");
  EXPECT_EQ(entry.kernel, "/vmlinuz-6.8.5");
  EXPECT_EQ(entry.version, "6.8.5");
  EXPECT_EQ(entry.initrds, (Names{"/a.img", "/b.img", "/c.img"}));
  EXPECT_EQ(entry.options, "root=/dev/a  ro quiet");
  EXPECT_EQ(entry.addons, Names{"/one.addon.efi"});
  EXPECT_EQ(entry.line, 8U);
}

TEST(LoaderEntry, IsNotWholeWithAddOns) {
  EXPECT_EQ(parse_loader_entry("linux /vmlinuz\noptions quiet\n").unclear, "");
  EXPECT_NE(parse_loader_entry("linux /vmlinuz\noptions quiet\nextra /one.addon.efi\n").unclear,
            "");
}

TEST(LoaderEntry, MayNameAUnifiedImage) {
  EXPECT_EQ(parse_loader_entry("uki /EFI/Linux/a.efi\r\n").unified, Names{"/EFI/Linux/a.efi"});
  EXPECT_FALSE(parse_loader_entry("efi \\a.efi\n").options);
}

TEST(ExtlinuxConfig, HasLabels) {
  const auto config = parse_extlinux_config(
      "DEFAULT lts\nAPPEND quiet\nINCLUDE more.conf\nLABEL lts\n  LINUX vmlinuz-lts\n"
      "  INITRD ucode.img,initramfs-lts\n  append root=/dev/a\nlabel virt\n kernel /vmlinuz-virt\n"
      "label bare\n linux x\n append -\n");
  ASSERT_EQ(config->entries.size(), 3U);
  EXPECT_EQ(config->entries[0].kernel, "vmlinuz-lts");
  EXPECT_EQ(config->entries[0].initrds, (Names{"ucode.img", "initramfs-lts"}));
  EXPECT_EQ(config->entries[0].options, "root=/dev/a");
  EXPECT_EQ(config->entries[0].line, 7U);
  EXPECT_EQ(config->entries[1].options, "quiet");
  EXPECT_EQ(config->entries[2].options, "");
  EXPECT_EQ(config->includes, Names{"more.conf"});
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "label x\n";
  EXPECT_EQ(parse_extlinux_config(many).error().kind, ErrorKind::too_large);
}

TEST(RaspberryPiConfig, IsThatOfEveryModel) {
  const RaspberryPiConfig config = parse_raspberry_pi_config(
      "# a comment\n[pi5]\nkernel=kernel_2712.img\n[all]\nauto_initramfs=1\n"
      "initramfs initrd.img,more.img followkernel\ncmdline=line.txt\nos_prefix=new/\ninclude "
      "x.txt\n");
  EXPECT_EQ(config.kernels, Names{"kernel_2712.img"});
  EXPECT_EQ(config.initrds, (Names{"initrd.img", "more.img"}));
  EXPECT_EQ(config.command_lines, Names{"line.txt"});
  EXPECT_EQ(config.prefixes, Names{"new/"});
  EXPECT_EQ(config.includes, Names{"x.txt"});
  EXPECT_TRUE(config.finds_initramfs);
}

TEST(UbootEnvironment, LeavesTheRestToAScript) {
  const auto entries =
      parse_uboot_environment("uname_r=6.1.0-x\n#dtb=\ncmdline=quiet\nextraargs=modules_load=a\n");
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].version, "6.1.0-x");
  EXPECT_EQ(entries[0].options, "quiet modules_load=a");
  EXPECT_FALSE(entries[0].unclear.empty());
  EXPECT_TRUE(parse_uboot_environment("verbosity=1\n").empty());
}

TEST(LimineConfig, BothForms) {
  const auto config = parse_limine_config(
      "timeout: 3\n/CachyOS\n  protocol: linux\n  path: boot():/vmlinuz-linux#aa\n"
      "  cmdline: root=/dev/a quiet\n  module_path: boot():/initramfs-linux.img#bb\n/Windows\n"
      "  protocol: efi\n");
  ASSERT_EQ(config->size(), 1U);
  EXPECT_EQ(config->front().kernel, "/vmlinuz-linux");
  EXPECT_EQ(config->front().options, "root=/dev/a quiet");
  EXPECT_EQ(config->front().initrds, Names{"/initramfs-linux.img"});
  const auto old =
      parse_limine_config(":Arch\nKERNEL_PATH=boot:///vmlinuz\nMODULE_PATH=boot:///initrd\n");
  ASSERT_EQ(old->size(), 1U);
  EXPECT_EQ(old->front().kernel, "/vmlinuz");
  EXPECT_EQ(old->front().initrds, Names{"/initrd"});
}

TEST(BootCommandLines, OneAsksAndAllDeny) {
  const LoadConfig config = load_config_of_command_lines(
      {{"modprobe.blacklist=a,b module_blacklist=c,d modules_load=x nomodule", "/one", 4},
       {"modprobe.blacklist=b module_blacklist=d,e modules_load=y", "/other", 1}},
      false);
  ASSERT_EQ(config.lines.size(), 1U);
  EXPECT_EQ(config.lines[0].name, "b");
  ASSERT_EQ(config.at_boot.size(), 2U);
  EXPECT_EQ(config.at_boot[0].name, "x");
  EXPECT_EQ(config.at_boot[0].source, "/one");
  EXPECT_EQ(config.at_boot[0].line, 4U);
  EXPECT_EQ(config.kernel.module_blacklist, Names{"d"});
  EXPECT_FALSE(config.kernel.nomodule);
  EXPECT_EQ(config.kernel.source, "/one");
}

TEST(BootCommandLines, NothingIsDeniedWhereOthersMayBoot) {
  const LoadConfig config =
      load_config_of_command_lines({{"module_blacklist=c modules_load=x", "/one", 1}}, true);
  EXPECT_TRUE(config.kernel.module_blacklist.empty());
  EXPECT_EQ(config.at_boot.size(), 1U);
}

TEST(BootCommandLines, NameImages) {
  EXPECT_EQ(initrds_on_command_line("ro initrd=\\EFI\\a.img initrd=/b,c initrd=0x100,5 noinitrd"),
            (Names{"/EFI/a.img", "/b", "c"}));
}

}  // namespace
}  // namespace kmodsec::test
