// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/kernel_load_parameters.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "format/loading/modprobe_parameters.hpp"
#include "format/loading/systemd_parameters.hpp"

namespace kmodsec::test {
namespace {

using Names = std::vector<std::string>;

LoadConfig parsed(std::string_view text) { return parse_kernel_load_parameters(text, "/x"); }

Names denied_by_modprobe(std::string_view text) {
  Names names;
  for (const ConfigLine& line : parse_modprobe_parameters(text, "/x").lines)
    if (line.directive == Directive::blacklist) names.push_back(line.name);
  return names;
}

Names options(std::string_view text) {
  Names all;
  for (const ConfigLine& line : parse_modprobe_parameters(text, "/x").lines)
    if (line.directive == Directive::options) all.push_back(line.name + " " + line.argument);
  return all;
}

Names idle(std::string_view text) {
  Names names;
  for (const IdleDeny& deny : parsed(text).idle_denies) names.push_back(deny.name);
  return names;
}

Names asked(std::string_view text, bool in_initramfs = false) {
  Names names;
  for (const LoadRequest& request : parse_systemd_load_parameters(text, "/x", in_initramfs))
    names.push_back(request.name);
  return names;
}

TEST(ModprobeParameters, NamesOfTheBlacklistStayAsTheyAre) {
  EXPECT_EQ(denied_by_modprobe("modprobe.blacklist=usb-storage,nbd ro modprobe.blacklist=a"),
            (Names{"usb-storage", "nbd", "a"}));
  EXPECT_EQ(denied_by_modprobe("modprobe.blacklist=\"a,b\""), (Names{"\"a", "b\""}));
  EXPECT_EQ(denied_by_modprobe("\"modprobe.blacklist=a\""), Names{"\"a\""});
  EXPECT_EQ(denied_by_modprobe("-- modprobe.blacklist=a"), Names{"a"});
  EXPECT_EQ(denied_by_modprobe("modprobe-blacklist=a modprobe_blacklist=b modprobe.blacklist"),
            Names{});
}

TEST(ModprobeParameters, OptionsKeepTheirQuotes) {
  EXPECT_EQ(options("parport.dyndbg=\"file x +mpf\""), Names{"parport dyndbg=\"file x +mpf\""});
  EXPECT_EQ(options("\"parport.dyndbg=file x +mpf\""), Names{"parport dyndbg=\"file x +mpf\""});
  EXPECT_EQ(options("snd-hda.a-b=1 x.y z.=3"), (Names{"snd_hda a-b=1", "x y", "z =3"}));
}

TEST(ModprobeParameters, ANameWithTwoDotsIsNoOption) {
  EXPECT_EQ(options("rd.driver.pre=a x.y=1.5 BOOT=/a.b .c=1"), (Names{"x y=1.5", " c=1"}));
  EXPECT_EQ(options("a.\"b=1\" c\"d.e=1 \"f.g\""), Names{});
}

TEST(ModprobeParameters, OnlyTheFirst4095BytesAreRead) {
  const std::string blanks(4095, ' ');
  EXPECT_EQ(denied_by_modprobe(blanks + "modprobe.blacklist=a"), Names{});
  EXPECT_EQ(denied_by_modprobe(blanks.substr(20) + "modprobe.blacklist=ab"), Names{"a"});
}

TEST(KernelLoadParameters, TheLastBlacklistOfTheKernelCounts) {
  EXPECT_EQ(parsed("module_blacklist=a,b module-blacklist=c").kernel.module_blacklist, Names{"c"});
  EXPECT_EQ(parsed("module_blacklist=a module_blacklist=").kernel.module_blacklist, Names{});
  EXPECT_EQ(parsed("module_blacklist=a module_blacklist").kernel.module_blacklist, Names{"a"});
  EXPECT_EQ(parsed("module_blacklist=\"a,b\"").kernel.module_blacklist, (Names{"a", "b"}));
  EXPECT_EQ(parsed("module_blacklist=a -- module_blacklist=b").kernel.module_blacklist, Names{"a"});
  const std::string large = "module_blacklist=a module_blacklist=b," + std::string(1023, 'c');
  EXPECT_EQ(parsed(large).kernel.module_blacklist, Names{"a"});
  EXPECT_EQ(parsed("initcall_blacklist=a,b initcall-blacklist=c").kernel.initcall_blacklist,
            (Names{"a", "b", "c"}));
}

TEST(KernelLoadParameters, NomoduleIsABool) {
  EXPECT_TRUE(parsed("nomodule").kernel.nomodule);
  EXPECT_TRUE(parsed("nomodule=y").kernel.nomodule);
  EXPECT_TRUE(parsed("nomodule nomodule=x").kernel.nomodule);
  EXPECT_FALSE(parsed("nomodule=0").kernel.nomodule);
  EXPECT_FALSE(parsed("nomodule nomodule=off").kernel.nomodule);
  EXPECT_FALSE(parsed("-- nomodule").kernel.nomodule);
}

TEST(KernelLoadParameters, KnowWhichDeniesAreIdle) {
  EXPECT_EQ(idle("modprobe.blacklist=usb-storage,nbd,\"x\""), (Names{"usb-storage", "\"x\""}));
  EXPECT_EQ(idle("module_blacklist=a-b,c"), Names{"a-b"});
  EXPECT_EQ(idle("module_blacklist=a,b module_blacklist=c -- module_blacklist=d"),
            (Names{"a", "b", "d"}));
  EXPECT_EQ(idle("blacklist=a rd.driver.blacklist=b rdblacklist=c modprobe_blacklist=d"),
            (Names{"a", "b", "c", "d"}));
  EXPECT_EQ(idle("modprobe.blacklist=usb_storage module_blacklist=a,b quiet"), Names{});
  EXPECT_EQ(parsed("modprobe.blacklist=a-b").idle_denies[0].text, "modprobe.blacklist=a-b");
}

TEST(SystemdParameters, AddUp) {
  EXPECT_EQ(asked("modules_load=a,b modules-load=c,,d modules_load"), (Names{"a", "b", "c", "d"}));
  EXPECT_EQ(asked("modules_load='a b',c\"d e\" 'modules_load=f g'"), (Names{"a b", "cd e", "f g"}));
  EXPECT_EQ(asked("modules_load=a\\,b"), (Names{"a\\", "b"}));
  EXPECT_EQ(asked("rd.modules_load=a rd-modules_load=b"), Names{});
  EXPECT_EQ(asked("rd.modules-load=a modules_load=b", true), (Names{"a", "b"}));
}

}  // namespace
}  // namespace kmodsec::test
