// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot/boot_files.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "support/cpio_builder.hpp"
#include "support/faulty_root.hpp"
#include "support/kernel_builder.hpp"
#include "support/memory_root.hpp"
#include "support/packers.hpp"

namespace kmodsec::test {
namespace {

using Names = std::vector<std::string>;
using Files = std::vector<std::pair<std::string, std::string>>;

const std::string release = "6.1.0-9-test";

/// An initramfs with the modules of one kernel.
std::string image_of(const std::string& kernel) {
  return zstd(cpio({cpio_folder("lib"),
                    cpio_folder("lib/modules"),
                    cpio_folder("lib/modules/" + kernel),
                    {"init", "#!/bin/sh"}}));
}

/// An x86 kernel as far as its boot header goes.
std::string kernel_of(const std::string& version) {
  std::string bytes(0x400, '\0');
  bytes.replace(0x202, 4, "HdrS");
  bytes[0x20F] = 1;
  return bytes.replace(0x300, version.size(), version);
}

MemoryRoot machine_with(const Files& files) {
  MemoryRoot root;
  root.add_folder("/boot");
  for (const auto& [path, content] : files) root.add_file(path, content);
  return root;
}

struct Answer {
  Names images;
  Names gaps;
  Names lines;
  Names unknown_lines;
};

Answer ask(const Root& root, const std::string& kernel = release) {
  const BootFiles boot(root, {release, "6.1.0-8-test"}, true);
  Answer answer;
  const auto files = boot.initramfs_files_of(kernel);
  for (const InitramfsFile& file : files ? files->paths : std::vector<InitramfsFile>{})
    answer.images.push_back(file.path);
  if (!files) answer.gaps = {to_string(files.error())};
  for (const Unseen& gap : files ? files->unseen : std::vector<Unseen>{})
    answer.gaps.push_back(gap.what + ": " + gap.why);
  const KernelBoot lines = boot.command_lines_of(kernel);
  for (const BootCommandLine& line : lines.command_lines)
    answer.lines.push_back(line.source + ": " + line.text);
  for (const Unseen& gap : lines.load.unseen) answer.unknown_lines.push_back(gap.what);
  return answer;
}

/// A way to boot the kernel: its files, which of them is the image, and which the entry.
struct Layout {
  std::string image;
  std::string entry;
  std::string content;
  std::string kernel = "/boot/vmlinuz-" + release;
};

const std::vector<Layout> layouts = {
    {"/boot/initramfs-lts", "/boot/extlinux.conf",
     "LABEL lts\n LINUX vmlinuz-lts\n INITRD initramfs-lts\n APPEND modules_load=sctp\n",
     "/boot/vmlinuz-lts"},
    {"/boot/initrd-" + release + ".img", "/boot/grub2/grub.cfg",
     "menuentry a {\n linux /vmlinuz-" + release + " modules_load=sctp\n initrd /initrd-" +
         release + ".img\n}\n"},
    {"/boot/initramfs-genkernel-x86_64-" + release, "/boot/grub/grub.cfg",
     "menuentry a {\n linux /boot/vmlinuz-" + release +
         " modules_load=sctp\n initrd /boot/initramfs-genkernel-x86_64-" + release + "\n}\n"},
    {"/boot/EFI/nixos/0a1b-initrd-linux-" + release + "-initrd.efi",
     "/boot/loader/entries/nixos-generation-1.conf",
     "linux /EFI/nixos/0a1b-linux-" + release +
         "-bzImage.efi\ninitrd /EFI/nixos/0a1b-initrd-linux-" + release +
         "-initrd.efi\noptions init=/nix/x modules_load=sctp\n",
     "/boot/EFI/nixos/0a1b-linux-" + release + "-bzImage.efi"},
    {"/boot/ostree/fedora-00/initramfs-" + release + ".img", "/boot/loader.1/entries/ostree-1.conf",
     "linux /ostree/fedora-00/vmlinuz-" + release + "\ninitrd /ostree/fedora-00/initramfs-" +
         release + ".img\noptions modules_load=sctp\n",
     "/boot/ostree/fedora-00/vmlinuz-" + release},
    {"/boot/booster-linux.img", "/efi/loader/entries/arch.conf",
     "linux /vmlinuz-linux\ninitrd /booster-linux.img\noptions modules_load=sctp\n",
     "/boot/vmlinuz-linux"},
    {"/boot/firmware/initramfs8", "/boot/firmware/config.txt", "auto_initramfs=1\n",
     "/boot/firmware/kernel8.img"},
    {"/boot/initramfs-linux.img", "/boot/limine.conf",
     "/Arch\n path: boot():/vmlinuz-linux\n cmdline: modules_load=sctp\n module_path: "
     "boot():/initramfs-linux.img\n",
     "/boot/vmlinuz-linux"},
    {"/boot/efi/tools/anything.bin", "/boot/efi/loader/entries/odd.conf",
     "version " + release +
         "\nlinux /tools/kernel.efi\ninitrd /tools/anything.bin\n"
         "options modules_load=sctp\n",
     "/boot/efi/tools/kernel.efi"},
};

Files files_of(const Layout& layout) {
  return {{layout.kernel, kernel_of(release + " (me@here) #1")},
          {layout.image, image_of(release)},
          {layout.entry, layout.content},
          {"/boot/firmware/cmdline.txt", "modules_load=sctp\n"}};
}

TEST(BootFiles, FindWhatEachBootMethodNames) {
  for (const Layout& layout : layouts) {
    Files files = files_of(layout);
    if (!layout.entry.starts_with("/boot/firmware/")) files.pop_back();
    const Answer answer = ask(machine_with(files));
    EXPECT_EQ(answer.images, Names{layout.image}) << layout.entry;
    EXPECT_EQ(answer.gaps, Names{}) << layout.entry;
    ASSERT_EQ(answer.lines.size(), 1U) << layout.entry;
    EXPECT_TRUE(answer.lines[0].contains("modules_load=sctp")) << layout.entry;
    EXPECT_EQ(answer.unknown_lines, Names{}) << layout.entry;
    EXPECT_EQ(ask(machine_with(files), "6.1.0-8-test").images, Names{}) << layout.entry;
  }
}

/// Whatever is taken away: the image is found all the same, or its absence is no fact.
TEST(BootFiles, NeverSeeNoneWhereSomethingIsMissing) {
  for (const Layout& layout : layouts) {
    const Files whole = files_of(layout);
    for (std::size_t i = 0; i < whole.size(); ++i) {
      Files rest = whole;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      const Answer answer = ask(machine_with(rest));
      EXPECT_TRUE(!answer.images.empty() || !answer.gaps.empty())
          << layout.entry << " without " << whole[i].first;
      EXPECT_TRUE(!answer.lines.empty() || !answer.unknown_lines.empty())
          << layout.entry << " without " << whole[i].first;
    }
    MemoryRoot nothing;
    EXPECT_FALSE(ask(nothing).gaps.empty());
    EXPECT_FALSE(ask(nothing).unknown_lines.empty());
  }
}

TEST(BootFiles, AnEntryWithoutAnImageHasNone) {
  const std::string entry = "linux /vmlinuz-" + release + "\noptions ro\n";
  const Files files = {{"/boot/vmlinuz-" + release, ""}, {"/boot/loader/entries/a.conf", entry}};
  const Answer answer = ask(machine_with(files));
  EXPECT_EQ(answer.images, Names{});
  EXPECT_EQ(answer.gaps, Names{});
  EXPECT_EQ(answer.lines, Names{"/boot/loader/entries/a.conf: ro"});
  EXPECT_EQ(ask(machine_with(files), "6.1.0-8-test").gaps.size(), 1U);
}

TEST(BootFiles, ARunningKernelNamesItsImage) {
  Files files = {{"/boot/loader/entries/a.conf", "linux /vmlinuz-" + release + "\n"},
                 {"/proc/cmdline", "ro initrd=\\initramfs-lts\n"},
                 {"/proc/sys/kernel/osrelease", release + "\n"}};
  const Answer missing = ask(machine_with(files));
  ASSERT_EQ(missing.gaps.size(), 1U);
  EXPECT_TRUE(missing.gaps[0].contains("--initramfs FILE")) << missing.gaps[0];
  files.emplace_back("/boot/initramfs-lts", image_of(release));
  EXPECT_EQ(ask(machine_with(files)).images, Names{"/boot/initramfs-lts"});
}

TEST(BootFiles, AnImageThatWasNotFoundIsAGapBesideOthers) {
  const Answer answer =
      ask(machine_with({{"/boot/initrd.img-" + release, image_of(release)},
                        {"/boot/loader/entries/a.conf",
                         "linux /vmlinuz-" + release + "\ninitrd /lost.img\noptions ro\n"}}));
  EXPECT_EQ(answer.images, Names{"/boot/initrd.img-" + release});
  EXPECT_EQ(answer.gaps.size(), 1U);
}

TEST(BootFiles, APartitionThatIsNotMountedIsAGap) {
  const Files files = {{"/etc/fstab", "UUID=1 /boot ext4 defaults 0 2\n"},
                       {"/usr/lib/modules/" + release + "/initrd", image_of(release)}};
  const Answer answer = ask(machine_with(files));
  EXPECT_EQ(answer.images.size(), 1U);
  ASSERT_EQ(answer.gaps.size(), 1U);
  EXPECT_TRUE(answer.gaps[0].starts_with("/boot: it is not mounted")) << answer.gaps[0];
}

TEST(BootFiles, OtherSystemsAndProgramsAreNoKernelOfOurs) {
  const Answer answer = ask(
      machine_with({{"/boot/initrd.img-" + release, image_of(release)},
                    {"/boot/grub/grub.cfg",
                     "menuentry a {\nlinux /vmlinuz-" + release +
                         " module_blacklist=x\ninitrd /initrd.img-" + release +
                         "\n}\nmenuentry m {\nlinux /boot/memtest86+x64.bin\n}\nmenuentry o {\n"
                         "linux /boot/vmlinuz-5.15.0-other root=/dev/sdb1\ninitrd "
                         "/boot/initrd.img-5.15.0-other\n"
                         "}\nmenuentry w {\nchainloader /EFI/Microsoft/Boot/bootmgfw.efi\n}\n"}}));
  EXPECT_EQ(answer.images, Names{"/boot/initrd.img-" + release});
  EXPECT_EQ(answer.gaps, Names{});
  EXPECT_EQ(answer.lines, Names{"/boot/grub/grub.cfg: module_blacklist=x"});
}

TEST(BootFiles, UnifiedImagesBringTheirCommandLineAndAddons) {
  const std::string folder = "/efi/EFI/Linux/";
  const Answer answer = ask(machine_with(
      {{folder + "a.efi",
        pe_file({{".linux", "x"}, {".initrd", "y"}, {".uname", release}, {".cmdline", "quiet"}})},
       {folder + "a.efi.extra.d/deny.addon.efi", pe_file({{".cmdline", "module_blacklist=sctp"}})},
       {folder + "a.efi.extra.d/more.addon.efi", pe_file({{".initrd", "z"}})}}));
  EXPECT_EQ(answer.images, (Names{folder + "a.efi", folder + "a.efi.extra.d/more.addon.efi"}));
  EXPECT_EQ(answer.lines, Names{folder + "a.efi: quiet module_blacklist=sctp"});
  EXPECT_EQ(answer.gaps, Names{});
  const Answer bare =
      ask(machine_with({{folder + "a.efi", pe_file({{".linux", "x"}, {".uname", release}})}}));
  EXPECT_EQ(bare.images, Names{});
  EXPECT_EQ(bare.gaps, Names{});
  EXPECT_FALSE(bare.unknown_lines.empty());
}

TEST(BootFiles, ACommandLineForNewEntriesCountsWhereThereIsNone) {
  Files files = {{"/etc/kernel/cmdline", "modules_load=sctp\n"}};
  EXPECT_EQ(ask(machine_with(files)).lines, Names{"/etc/kernel/cmdline: modules_load=sctp"});
  files.emplace_back("/boot/loader/entries/a.conf", "linux /vmlinuz-" + release + "\noptions ro\n");
  EXPECT_EQ(ask(machine_with(files)).lines, Names{"/boot/loader/entries/a.conf: ro"});
  EXPECT_FALSE(ask(machine_with({{"/etc/default/grub", "x"}})).unknown_lines.empty());
}

TEST(BootFiles, GrubPutsItsEnvironmentIntoEntries) {
  const Answer answer = ask(
      machine_with({{"/boot/grub2/grubenv", "kernelopts=modules_load=sctp\n"},
                    {"/boot/loader/entries/a.conf", "version " + release + "\nlinux /vmlinuz-" +
                                                        release + "\noptions $kernelopts ro\n"}}));
  EXPECT_EQ(answer.lines, Names{"/boot/loader/entries/a.conf: modules_load=sctp ro"});
}

TEST(BootFiles, WhatCannotBeReadIsAGap) {
  const MemoryRoot root =
      machine_with({{"/boot/grub/grub.cfg", "linux /vmlinuz-" + release + " ro\n"}});
  FaultyRoot faulty(root);
  faulty.fail_on("/boot/grub/grub.cfg", ErrorKind::denied);
  EXPECT_FALSE(ask(faulty).gaps.empty());
  EXPECT_FALSE(ask(faulty).unknown_lines.empty());
  EXPECT_FALSE(ask(machine_with({{"/boot/boot.scr", "x"}})).unknown_lines.empty());
}

TEST(BootFiles, WhatTheUserNamesIsAll) {
  const MemoryRoot root = machine_with({{"/x/odd.img", image_of(release)}});
  const BootFiles boot(root, {release, "6.1.0-8-test"}, true, {{.path = "/x/odd.img", .root = {}}});
  const auto files = boot.initramfs_files_of(release);
  ASSERT_TRUE(files);
  EXPECT_EQ(files->given.size(), 1U);
  EXPECT_TRUE(files->unseen.empty());
  EXPECT_FALSE(boot.initramfs_files_of("6.1.0-8-test"));
  const BootFiles none(root, {release}, true, {{.path = "none", .root = {}, .is_none = true}});
  EXPECT_TRUE(none.initramfs_files_of(release));
}

}  // namespace
}  // namespace kmodsec::test
