// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot/image_load_config.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "support/faulty_root.hpp"
#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

using Names = std::vector<std::string>;

LoadConfig collected(const Root& host, const Root& image, ImageMaker maker,
                     const std::vector<BootCommandLine>& lines = {}) {
  const auto config = collect_image_load_config(host, image, "/boot/initrd", maker, lines);
  EXPECT_TRUE(config) << config.error().reason;
  return config.value_or(LoadConfig{});
}

Names requested(const LoadConfig& config) {
  Names names;
  for (const LoadRequest& request : config.at_boot)
    names.push_back(request.source + " " + request.name);
  return names;
}

TEST(ImageLoadConfig, IsWhatTheToolThatMadeItReads) {
  MemoryRoot image;
  image.add_file("/conf/modules", "a\n");
  image.add_file("/config", "MODULES=\"b\"\n");
  image.add_file("/etc/cmdline.d/20-force.conf", "rd.driver.pre=c rd.driver.blacklist=x\n");
  image.add_file("/etc/cmdline.d/readme", "rd.driver.pre=d\n");
  const MemoryRoot host;
  EXPECT_EQ(requested(collected(host, image, ImageMaker::initramfs_tools)),
            Names{"/boot/initrd:/conf/modules a"});
  EXPECT_EQ(requested(collected(host, image, ImageMaker::mkinitcpio)),
            Names{"/boot/initrd:/config b"});
  EXPECT_EQ(requested(collected(host, image, ImageMaker::unknown)), Names{});
  const LoadConfig dracut = collected(host, image, ImageMaker::dracut);
  EXPECT_EQ(requested(dracut), Names{"/boot/initrd:/etc/cmdline.d/20-force.conf c"});
  ASSERT_EQ(dracut.lines.size(), 1U);
  EXPECT_EQ(dracut.lines[0].name, "x");
  EXPECT_EQ(dracut.lines[0].source, "/boot/initrd:/etc/cmdline.d/20-force.conf");
}

TEST(ImageLoadConfig, TheCommandLineHoldsThereToo) {
  const MemoryRoot host;
  const std::vector<BootCommandLine> lines = {
      {"modprobe.blacklist=a rd.driver.post=b rd.modules_load=c rootfstype=xfs,auto",
       "/proc/cmdline", 1}};
  MemoryRoot image;
  const LoadConfig plain = collected(host, image, ImageMaker::initramfs_tools, lines);
  ASSERT_EQ(plain.lines.size(), 2U);
  EXPECT_EQ(plain.lines[0].name, "a");
  EXPECT_EQ(requested(plain), Names{"/proc/cmdline fs-xfs"});
  EXPECT_EQ(requested(collected(host, image, ImageMaker::dracut, lines)),
            (Names{"/proc/cmdline b", "/proc/cmdline fs-xfs"}));
  image.add_file("/usr/lib/systemd/systemd-modules-load", "");
  EXPECT_EQ(requested(collected(host, image, ImageMaker::mkinitcpio, lines)),
            (Names{"/proc/cmdline c", "/proc/cmdline fs-xfs"}));
}

TEST(ImageLoadConfig, OfSeveralCommandLinesAnyMayAskAndAllMustDeny) {
  const std::vector<BootCommandLine> lines = {
      {"modprobe.blacklist=a rd.driver.blacklist=x rd.driver.pre=b", "/one", 3},
      {"modprobe.blacklist=c rd.driver.blacklist=x", "/other", 1}};
  const LoadConfig config = collected(MemoryRoot(), MemoryRoot(), ImageMaker::dracut, lines);
  EXPECT_EQ(requested(config), Names{"/one b"});
  EXPECT_EQ(config.at_boot[0].line, 3U);
  Names denied;
  for (const ConfigLine& line : config.lines)
    if (line.directive == Directive::blacklist) denied.push_back(line.name);
  EXPECT_EQ(denied, Names{"x"});
}

TEST(ImageLoadConfig, ItMountsTheRootFileSystem) {
  MemoryRoot host;
  host.add_file("/etc/fstab",
                "# <fs>\nUUID=1 / ext4 rw 0 1\nUUID=2 /home xfs rw 0 2\nUUID=3 /usr auto rw 0 2\n");
  const LoadConfig config = collected(host, MemoryRoot(), ImageMaker::dracut);
  EXPECT_EQ(requested(config), Names{"/etc/fstab fs-ext4"});
  EXPECT_EQ(config.at_boot[0].line, 2U);
}

TEST(ImageLoadConfig, TellsWhatOfTheHostItCouldNotRead) {
  const MemoryRoot host;
  FaultyRoot faulty(host);
  faulty.fail_on("/etc/fstab", ErrorKind::denied);
  const MemoryRoot whole_image(true);
  const LoadConfig config = collected(faulty, whole_image, ImageMaker::dracut);
  ASSERT_EQ(config.unseen.size(), 1U);
  EXPECT_EQ(config.unseen[0].what, "/etc/fstab");
  EXPECT_EQ(collected(host, whole_image, ImageMaker::dracut).unseen.size(), 1U) << "left out";
}

}  // namespace
}  // namespace kmodsec::test
