// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot/initramfs_files.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/cpio_builder.hpp"
#include "support/faulty_root.hpp"
#include "support/kernel_builder.hpp"
#include "support/memory_root.hpp"
#include "support/packers.hpp"

namespace kmodsec::test {
namespace {

using Paths = std::vector<std::string>;

const std::string image_release = "6.1.0-9-test";

Paths found(const Root& root) {
  const auto files = collect_initramfs_files(root, image_release);
  return files ? *files : Paths{to_string(files.error())};
}

std::string unified(const std::string& uname) {
  std::vector<std::pair<std::string, std::string>> sections = {{".linux", "x"}, {".initrd", "y"}};
  if (!uname.empty()) sections.emplace_back(".uname", uname);
  return pe_file(sections);
}

TEST(InitramfsFiles, AreNamedAfterTheRelease) {
  for (const std::string& path :
       {"/boot/initrd.img-" + image_release, "/boot/initramfs-" + image_release + ".img",
        "/boot/initrd-" + image_release, "/lib/modules/" + image_release + "/initrd",
        "/usr/lib/modules/" + image_release + "/initramfs.img",
        "/boot/0123abcd/" + image_release + "/initrd",
        "/efi/0123abcd/" + image_release + "/initrd.img-" + image_release}) {
    MemoryRoot root;
    root.add_file(path, "");
    root.add_file("/boot/initrd.img-6.1.0-9-test-old", "");
    root.add_file("/boot/initrd.img-6.1.0-8-test", "");
    root.add_file("/boot/0123abcd/6.1.0-8-test/initrd", "");
    root.add_file("/boot/0123abcd/" + image_release + "/linux", "");
    EXPECT_EQ(found(root), Paths{path});
  }
}

TEST(InitramfsFiles, AreNamedAfterThePackageOnArch) {
  MemoryRoot root;
  root.add_file("/usr/lib/modules/" + image_release + "/pkgbase", "linux-zen\n");
  root.add_file("/boot/initramfs-linux.img", "");
  root.add_file("/boot/initramfs-linux-zen.img", "");
  root.add_file("/boot/initramfs-linux-zen-fallback.img", "");
  EXPECT_EQ(found(root),
            (Paths{"/boot/initramfs-linux-zen.img", "/boot/initramfs-linux-zen-fallback.img"}));
}

TEST(InitramfsFiles, UnifiedImagesTellTheirRelease) {
  MemoryRoot root;
  root.add_file("/efi/EFI/Linux/arch-linux.efi", unified(image_release + std::string(1, '\0')));
  root.add_file("/efi/EFI/Linux/token-" + image_release + ".efi", unified("5.0"));
  root.add_file("/efi/EFI/Linux/other.efi", unified(""));
  root.add_file("/efi/EFI/Linux/readme", unified(image_release));
  root.add_file("/efi/EFI/Linux/bare.efi", pe_file({{".linux", ""}, {".uname", image_release}}));
  EXPECT_EQ(found(root), Paths{"/efi/EFI/Linux/arch-linux.efi"});
}

TEST(InitramfsFiles, UnifiedImagesWithoutAReleaseAreNamedAfterIt) {
  MemoryRoot root;
  const std::string folder = "/boot/efi/EFI/Linux/";
  for (const std::string& name :
       {"a-" + image_release, "b-" + image_release + "+3-1", image_release, "c" + image_release,
        "d-" + image_release + "-old", "e-" + image_release + "+x"})
    root.add_file(folder + name + ".efi", unified(""));
  EXPECT_EQ(found(root),
            (Paths{folder + image_release + ".efi", folder + "a-" + image_release + ".efi",
                   folder + "b-" + image_release + "+3-1.efi"}));
}

/// An x86 kernel as far as its boot header goes.
std::string kernel_in(const std::string& version) {
  std::string bytes(0x400, '\0');
  bytes.replace(0x202, 4, "HdrS");
  bytes[0x20F] = 1;  // the version stands at 0x100 + 0x200
  return bytes.replace(0x300, version.size(), version);
}

TEST(InitramfsFiles, ARescueImageIsThatOfItsKernel) {
  MemoryRoot root;
  const std::string image = "/boot/initramfs-0-rescue-0123abcd.img";
  root.add_file(image, "never opened");
  root.add_file("/boot/vmlinuz-0-rescue-0123abcd", kernel_in(image_release + " (me@here) #1 SMP"));
  EXPECT_EQ(found(root), Paths{image});
  root.add_file("/boot/vmlinuz-0-rescue-0123abcd", kernel_in("6.0.0 (me@here) #1 SMP"));
  EXPECT_EQ(found(root), Paths{});
}

TEST(InitramfsFiles, ARescueImageIsThatOfItsModules) {
  MemoryRoot root;
  const std::string image = "/boot/initramfs-0-rescue-0123abcd.img";
  const auto with_modules_of = [](const std::string& kernel) {
    return zstd(cpio({cpio_folder("usr"), cpio_folder("usr/lib"), cpio_folder("usr/lib/modules"),
                      cpio_folder("usr/lib/modules/" + kernel)}));
  };
  root.add_file(image, with_modules_of(image_release));
  EXPECT_EQ(found(root), Paths{image});
  root.add_file(image, with_modules_of("6.0.0"));
  EXPECT_EQ(found(root), Paths{});
  root.add_file(image, "junk");
  EXPECT_EQ(found(root),
            Paths{image + ": neither its kernel nor its modules show for which release it is"});
}

TEST(InitramfsFiles, ComeOnce) {
  MemoryRoot root;
  root.add_file("/usr/lib/modules/" + image_release + "/initrd", "");
  root.add_link("/lib", "usr/lib");
  root.add_link("/boot/initrd-" + image_release, "../usr/lib/modules/" + image_release + "/initrd");
  root.add_link("/boot/initrd.img-" + image_release, "lost");
  EXPECT_EQ(found(root), Paths{"/boot/initrd-" + image_release});
}

TEST(InitramfsFiles, NoneIsAnEmptyList) { EXPECT_EQ(found(MemoryRoot()), Paths{}); }

TEST(InitramfsFiles, AnUnreadableBootIsAnError) {
  MemoryRoot root;
  root.add_file("/lib/modules/" + image_release + "/initrd", "");
  FaultyRoot faulty(root);
  faulty.fail_on("/boot", ErrorKind::denied);
  EXPECT_EQ(found(faulty), Paths{"/boot: made to fail"});
}

TEST(InitramfsFiles, AnUnreadableFolderIsAnErrorWhereNothingWasFound) {
  MemoryRoot root;
  FaultyRoot faulty(root);
  faulty.fail_on("/boot/efi/EFI/Linux", ErrorKind::denied);
  EXPECT_EQ(found(faulty), Paths{"/boot/efi/EFI/Linux: made to fail"});
  root.add_file("/boot/initrd.img-" + image_release, "");
  EXPECT_EQ(found(faulty), Paths{"/boot/initrd.img-" + image_release});
}

TEST(InitramfsMaker, IsToldByTheContent) {
  MemoryRoot root;
  root.add_file("/init", "");
  EXPECT_EQ(initramfs_maker(root), ImageMaker::unknown);
  MemoryRoot debian;
  debian.add_file("/conf/initramfs.conf", "");
  EXPECT_EQ(initramfs_maker(debian), ImageMaker::unknown);
  debian.add_file("/scripts/functions", "");
  EXPECT_EQ(initramfs_maker(debian), ImageMaker::initramfs_tools);
  MemoryRoot arch;
  arch.add_file("/buildconfig", "");
  EXPECT_EQ(initramfs_maker(arch), ImageMaker::mkinitcpio);
  MemoryRoot fedora;
  fedora.add_link("/lib", "usr/lib");
  fedora.add_file("/usr/lib/dracut/build-parameter.txt", "");
  EXPECT_EQ(initramfs_maker(fedora), ImageMaker::dracut);
}

}  // namespace
}  // namespace kmodsec::test
