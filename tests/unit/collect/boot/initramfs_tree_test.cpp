// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot/initramfs_tree.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/cpio_builder.hpp"
#include "support/kernel_builder.hpp"
#include "support/memory_root.hpp"
#include "support/packers.hpp"

namespace kmodsec::test {
namespace {

const std::string not_kept = "its content was not kept";

MemoryRoot with_image(const std::string& bytes) {
  MemoryRoot root;
  root.add_file("/boot/initrd", bytes);
  return root;
}

Result<ImageRoot> opened(const std::string& bytes, ImageModules modules = ImageModules::named) {
  auto image = open_initramfs(with_image(bytes), "/boot/initrd", modules);
  if (!image) return std::unexpected(image.error());
  return std::move(image->tree);
}

std::string text(const Result<ImageRoot>& image, std::string_view path) {
  if (!image) return to_string(image.error());
  const auto content = image->read(path, 64UL * 1024 * 1024);
  return content ? *content : content.error().reason;
}

TEST(InitramfsTree, IsWhatTheKernelMakesOfIt) {
  const auto image = opened(cpio({{"kernel/microcode", "m"}}) +
                                gzip(cpio({cpio_folder("usr"),
                                           cpio_link("lib", std::string("usr/lib\0x", 9)),
                                           {"usr/lib/a.ko", "old", 0100600}})) +
                                zstd(cpio({{"lib/a.ko", "new"}, {"usr", "in the way"}})),
                            ImageModules::whole);
  ASSERT_TRUE(image) << to_string(image.error());
  EXPECT_EQ(text(image, "/usr/lib/a.ko"), "new");
  EXPECT_EQ(image->read_link("/lib"), "usr/lib");
  EXPECT_EQ(image->status("/lib/a.ko")->mode, 0644);
  EXPECT_EQ(image->status("/lib/a.ko")->uid, 7);
  EXPECT_EQ(text(image, "/kernel/microcode"), "m");
  EXPECT_EQ(image->list("/usr/lib")->size(), 1);
}

TEST(InitramfsTree, EntriesStayInside) {
  const auto image = opened(cpio(
      {{"../../etc/modules", "inside"}, cpio_link("up", "../../../etc"), {"up/../../x", "x"}}));
  EXPECT_EQ(text(image, "/etc/modules"), "inside");
  EXPECT_EQ(text(image, "/up/modules"), "inside");
  EXPECT_EQ(text(image, "/x"), "x");
}

TEST(InitramfsTree, KeepsWhatMayBeConfiguration) {
  const std::string large(5UL * 1024 * 1024, 'x');
  const auto image = opened(gzip(cpio({{"etc/modprobe.d/a.conf", "../../odd/place"},
                                       {"odd/place", "blacklist a"},
                                       {"odd/large", large},
                                       {"lib/modules/6.1/modules.dep", large},
                                       {"lib/modules/6.1/a.ko.xz", "module"},
                                       {"usr/lib/firmware/a", "firmware"},
                                       {"bin/a", "\177ELF"},
                                       {"bin/b", "", 0100755, 5, 2},
                                       {"bin/c", "\177ELF", 0100755, 5, 2}})));
  EXPECT_EQ(text(image, "/odd/place"), "blacklist a");
  EXPECT_EQ(text(image, "/lib/modules/6.1/modules.dep"), large);
  EXPECT_EQ(text(image, "/bin/b"), "\177ELF");
  for (const std::string_view path :
       {"/odd/large", "/lib/modules/6.1/a.ko.xz", "/usr/lib/firmware/a", "/bin/a"})
    EXPECT_EQ(text(image, path), not_kept) << path;
  EXPECT_EQ(image->status("/odd/large")->size, large.size());
  EXPECT_EQ(image->status("/lib/modules/6.1/a.ko.xz")->size, 6);
}

TEST(InitramfsTree, StandsInSectionsOfAUnifiedKernelImage) {
  const auto image = opened(pe_file({{".linux", "x"},
                                     {".initrd", zstd(cpio({{"etc/modules", "a"}}))},
                                     {".ucode", cpio({{"kernel/microcode", "m"}})}}));
  EXPECT_EQ(text(image, "/etc/modules"), "a");
  EXPECT_EQ(text(image, "/kernel/microcode"), "m");
  EXPECT_EQ(text(opened(pe_file({{".linux", "x"}})), ""), "/boot/initrd: has no section .initrd");
}

TEST(InitramfsTree, ErrorsNameTheFile) {
  EXPECT_EQ(to_string(opened("junk").error()),
            "/boot/initrd: neither an archive nor a known compression, in the part at byte 0");
  EXPECT_EQ(open_initramfs(MemoryRoot(), "/boot/none", ImageModules::named).error().kind,
            ErrorKind::not_found);
}

}  // namespace
}  // namespace kmodsec::test
