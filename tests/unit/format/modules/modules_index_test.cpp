// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/modules_index.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

using namespace std::string_view_literals;
using Names = std::vector<std::string>;

TEST(ModulesDep, NamesThePathAndWhatItNeeds) {
  const auto entries = parse_modules_dep(
      "kernel/net/nf_tables.ko.xz: kernel/lib/libcrc32c.ko.xz kernel/net/nf-net.ko\n"
      "# a comment: x\n"
      "no colon\n"
      "kernel/drivers/net/dummy.ko:\n");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].name, "nf_tables");
  EXPECT_EQ(entries[0].path, "kernel/net/nf_tables.ko.xz");
  EXPECT_EQ(entries[0].depends, (Names{"libcrc32c", "nf_net"}));
  EXPECT_EQ(entries[1].name, "dummy");
  EXPECT_TRUE(entries[1].depends.empty());
}

TEST(ModulesDep, ModulesAreFoundByTheirNormalizedNames) {
  constexpr std::string_view index =
      "kernel/snd-usb-caiaq.ko: kernel/snd-usb.ko\n"
      "kernel/snd-usb.ko:\n"
      "extra/snd_usb.ko:\n";
  const auto paths = find_in_modules_dep(index, {"snd_usb", "snd_usb_caiaq", "usb"});
  EXPECT_EQ(paths,
            (std::map<std::string, std::string>{{"snd_usb", "kernel/snd-usb.ko"},
                                                {"snd_usb_caiaq", "kernel/snd-usb-caiaq.ko"}}));
}

TEST(ModulesAlias, HasExactlyAPatternAndAModule) {
  const auto aliases = parse_modules_alias(
      "# Aliases extracted from modules themselves.\n"
      "alias fs-udf udf\n"
      "alias only-two\n"
      "alias pci:v0000* snd-hda\n");
  ASSERT_EQ(aliases.size(), 2U);
  EXPECT_EQ(aliases[0].pattern, "fs-udf");
  EXPECT_EQ(aliases[1].module, "snd_hda");
}

TEST(ModulesSoftdep, PartsBeforeAndAfter) {
  const auto softdeps =
      parse_modules_softdep("softdep a-b pre: c-d e post: f\nsoftdep x stray pre: y\nsoftdep\n");
  ASSERT_EQ(softdeps.size(), 2U);
  EXPECT_EQ(softdeps[0].module, "a_b");
  EXPECT_EQ(softdeps[0].pre, (Names{"c_d", "e"}));
  EXPECT_EQ(softdeps[0].post, (Names{"f"}));
  EXPECT_EQ(softdeps[1].pre, (Names{"y"})) << "names outside a list count for nothing";
}

TEST(ModulesDevname, NamesNodesWithTheirNumbers) {
  const auto nodes = parse_modules_devname(
      "# Device nodes to trigger on-demand module loading.\n"
      "ppp-generic ppp c108:0\n"
      "tun net/tun c10:200\n"
      "only two\n");
  ASSERT_EQ(nodes.size(), 2U);
  EXPECT_EQ(nodes[0].module, "ppp_generic");
  EXPECT_EQ(nodes[1].path, "net/tun");
  EXPECT_EQ(nodes[1].number, "c10:200");
}

TEST(ModulesBuiltin, HasItsModinfoInAnotherFile) {
  auto modules = parse_modules_builtin("kernel/fs/ext4/ext4.ko\nkernel/README\n");
  ASSERT_EQ(modules.size(), 1U);
  add_builtin_modinfo(modules,
                      "ext4.license=GPL\0ext4.alias=fs-ext4\0other.license=GPL\0broken\0a=b.c\0"sv);
  EXPECT_EQ(modules[0].name, "ext4");
  ASSERT_EQ(modules[0].info.size(), 2U);
  EXPECT_EQ(modules[0].info[1].key, "alias");
  EXPECT_EQ(modules[0].info[1].value, "fs-ext4");
}

}  // namespace
}  // namespace kmodsec
