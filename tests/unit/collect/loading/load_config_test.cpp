// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/load_config.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

LoadConfig collected(const MemoryRoot& root) {
  const auto config = collect_load_config(root);
  EXPECT_TRUE(config) << config.error().reason;
  return config.value_or(LoadConfig{});
}

TEST(CollectLoadConfig, PassesOverLinksThatLeadToNoFile) {
  MemoryRoot root(true);
  root.add_folder("/dev/null");
  root.add_link("/etc/modprobe.d/masked.conf", "/dev/null");
  root.add_link("/etc/modprobe.d/removed.conf", "/opt/removed.conf");
  root.add_file("/etc/modprobe.d/x.conf", "options x a=1\n");
  root.add_file("/usr/lib/modprobe.d/masked.conf", "options y b=2\n");
  const LoadConfig config = collected(root);
  ASSERT_EQ(config.lines.size(), 1U);
  EXPECT_EQ(config.lines[0].name, "x");
  ASSERT_EQ(config.unread.size(), 1U);
  EXPECT_EQ(config.unread[0].path, "/usr/lib/modprobe.d/masked.conf");
  EXPECT_EQ(config.unread[0].shadowed_by, "/etc/modprobe.d/masked.conf");
  EXPECT_TRUE(config.unread[0].masked);
}

TEST(CollectLoadConfig, ALinkToWhatWasNotCapturedIsAGap) {
  MemoryRoot root;
  add_whole_installation(root);
  root.add_link("/etc/modprobe.d/shared.conf", "/srv/shared.conf");
  root.add_link("/etc/modprobe.d/removed.conf", "/usr/share/removed.conf");
  const LoadConfig config = collected(root);
  ASSERT_EQ(config.unseen.size(), 1U) << config.unseen.back().what;
  EXPECT_EQ(config.unseen[0].what, "/etc/modprobe.d/shared.conf");
}

TEST(CollectLoadConfig, AFolderThatWasNotCapturedIsAGap) {
  MemoryRoot root;
  root.add_file("/etc/modprobe.d/a.conf", "blacklist x\n");
  const LoadConfig config = collected(root);
  std::set<std::string> folders;
  for (const Unseen& gap : config.unseen) folders.insert(gap.what);
  EXPECT_TRUE(folders.contains("/usr/lib/modprobe.d/"));
  EXPECT_TRUE(folders.contains("/etc/modules-load.d/"));
  EXPECT_FALSE(folders.contains("/etc/modprobe.d/"));
}

TEST(CollectLoadConfig, TellsAFileThatReplacesAnotherFromOneThatMasksIt) {
  MemoryRoot root;
  root.add_file("/etc/modprobe.d/a.conf", "options x a=1\n");
  root.add_file("/usr/lib/modprobe.d/a.conf", "blacklist y\n");
  const LoadConfig config = collected(root);
  ASSERT_EQ(config.unread.size(), 1U);
  EXPECT_FALSE(config.unread[0].masked);
}

TEST(CollectLoadConfig, FilesAreReadInTheOrderOfTheirNames) {
  MemoryRoot root;
  root.add_file("/etc/modprobe.d/20.conf", "blacklist b\n");
  root.add_file("/usr/lib/modprobe.d/10.conf", "blacklist a\n");
  root.add_file("/etc/modprobe.d/usb", "install usb_storage /bin/false\n");
  root.add_file("/proc/cmdline", "modprobe.blacklist=c module_blacklist=d,e nomodule\n");
  const LoadConfig config = collected(root);
  ASSERT_EQ(config.lines.size(), 3U);
  EXPECT_EQ(config.lines[0].name, "a");
  EXPECT_EQ(config.lines[2].name, "c");
  ASSERT_EQ(config.unread.size(), 1U);
  EXPECT_EQ(config.unread[0].lines.size(), 1U);
  EXPECT_EQ(config.kernel.module_blacklist, (std::vector<std::string>{"d", "e"}));
  EXPECT_TRUE(config.kernel.nomodule);
}

TEST(CollectLoadConfig, WhereLibIsALinkNothingShadowsItself) {
  MemoryRoot root;
  root.add_file("/usr/lib/modprobe.d/a.conf", "blacklist a\n");
  root.add_link("/lib", "usr/lib");
  const LoadConfig config = collected(root);
  EXPECT_EQ(config.lines.size(), 1U);
  EXPECT_TRUE(config.unread.empty());
}

TEST(CollectLoadConfig, KnowsWhatAsksAtBootAndWhoSetsOptions) {
  MemoryRoot root;
  root.add_file("/etc/modules-load.d/a.conf", "# loop\nloop\ninstall x /bin/false\n");
  root.add_file("/proc/cmdline", "modules_load=dummy");
  root.add_file("/etc/environment", "PATH=/bin\nMODPROBE_OPTIONS=-i\n");
  const LoadConfig config = collected(root);
  ASSERT_EQ(config.at_boot.size(), 2U);
  EXPECT_EQ(config.at_boot[0].line, 2U);
  EXPECT_EQ(config.at_boot[1].name, "dummy");
  ASSERT_EQ(config.problems.size(), 1U);
  EXPECT_EQ(config.problems[0].text, "install x /bin/false");
  ASSERT_EQ(config.environment.size(), 1U);
  EXPECT_EQ(config.environment[0].line, 2U);
}

TEST(CollectLoadConfig, TellsWhichFilesItCouldNotRead) {
  const std::string large(5UL * 1024 * 1024, '#');
  MemoryRoot root;
  add_whole_installation(root);
  root.add_file("/etc/modprobe.d/usb", large);
  root.add_file("/etc/environment", large);
  const LoadConfig config = collected(root);
  ASSERT_EQ(config.unseen.size(), 2U);
  EXPECT_EQ(config.unseen[0].what, "/etc/modprobe.d/usb");
  EXPECT_EQ(config.unseen[1].what, "/etc/environment");
}

}  // namespace
}  // namespace kmodsec::test
