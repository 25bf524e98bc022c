// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/boot/grub_config.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmodsec::test {
namespace {

using Lines = std::vector<std::string>;

/// "KERNEL | COMMAND LINE | IMAGE …" of each entry.
Lines entries_of(std::string_view text, const GrubVariables& environment = {}) {
  const auto config = parse_grub_config(text, environment);
  EXPECT_TRUE(config);
  Lines lines;
  for (const BootEntry& entry : config ? config->entries : std::vector<BootEntry>{}) {
    std::string line = entry.kernel + " | " + entry.options.value_or("unknown") + " |";
    for (const std::string& image : entry.initrds) line += " " + image;
    for (const std::string& image : entry.unified) line += " uki " + image;
    lines.push_back(line);
  }
  return lines;
}

TEST(GrubConfig, AsUpdateGrubWritesIt) {
  EXPECT_EQ(entries_of(R"(
set default="0"
menuentry 'Debian GNU/Linux' --class debian $menuentry_id_option 'gnulinux-simple-1' {
	load_video
	if [ x$grub_platform = xxen ]; then insmod xzio; insmod lzopio; fi
	echo	'Loading Linux 6.1.0-9-amd64 ...'
	linux	/boot/vmlinuz-6.1.0-9-amd64 root=UUID=1-2 ro  quiet
	initrd	/boot/early.cpio /boot/initrd.img-6.1.0-9-amd64
}
submenu 'Advanced' {
	menuentry 'Recovery' {
		linuxefi	($root)/vmlinuz-6.1.0-8-amd64 ro single
		initrdefi	($root)/initrd.img-6.1.0-8-amd64
	}
}
)"),
            (Lines{"/boot/vmlinuz-6.1.0-9-amd64 | root=UUID=1-2 ro quiet | /boot/early.cpio "
                   "/boot/initrd.img-6.1.0-9-amd64",
                   "()/vmlinuz-6.1.0-8-amd64 | ro single | ()/initrd.img-6.1.0-8-amd64"}));
}

TEST(GrubConfig, PutsVariablesIn) {
  const std::string text =
      "if [ -z \"${kernelopts}\" ]; then set kernelopts=\"root=/dev/x quiet\"; fi\n"
      "menuentry a { linux /vmlinuz $kernelopts ${never_set}x; initrd /initrd }\n";
  EXPECT_EQ(entries_of(text), Lines{"/vmlinuz | root=/dev/x quiet x | /initrd"});
  EXPECT_EQ(entries_of(text, {{"kernelopts", {"root=/dev/y"}}}),
            Lines{"/vmlinuz | root=/dev/y x | /initrd"});
  EXPECT_EQ(entries_of("if true; then set m=a; else set m=b; fi\nlinux /v modules_load=$m\n"),
            (Lines{"/v | modules_load=a |", "/v | modules_load=b |"}));
}

TEST(GrubConfig, DoesNotKnowWhatACommandFinds) {
  EXPECT_EQ(entries_of("search --set=root --label x\nregexp --set=1:v '(.*)' $y\n"
                       "linux ($root)/v ro $v\ninitrd $v\n"),
            Lines{"()/v | unknown | a variable of GRUB"});
  EXPECT_EQ(entries_of("for k in /a /b; do linux /v init=$k; done\n"),
            (Lines{"/v | init=/a |", "/v | init=/b |"}));
}

TEST(GrubConfig, KeepsWhatIsQuoted) {
  EXPECT_EQ(entries_of("linux '/a b' x=\"c d\" \\\n  e\\ f 'g$h' # not this\n"),
            Lines{"/a b | \"x=c d\" \"e f\" g$h |"});
  EXPECT_EQ(entries_of("menuentry '{ linux /no }' { linux /yes }"), Lines{"/yes |  |"});
}

TEST(GrubConfig, KnowsXenAndUnifiedImagesAndOldGrub) {
  EXPECT_EQ(entries_of("menuentry x {\n multiboot2 /xen.gz\n module2 /vmlinuz-1 root=a\n"
                       " module2 --nounzip /initrd-1\n}\n"),
            Lines{"/vmlinuz-1 | root=a | /initrd-1"});
  EXPECT_EQ(entries_of("menuentry x {\n chainloader /EFI/Linux/a.efi\n}\n"),
            Lines{" | unknown | uki /EFI/Linux/a.efi"});
  EXPECT_EQ(entries_of("title One\nroot (hd0,0)\nkernel /vmlinuz-1 ro\ninitrd /initrd-1\n"
                       "title Two\nkernel /vmlinuz-2\n"),
            (Lines{"/vmlinuz-1 | ro | /initrd-1", "/vmlinuz-2 |  |"}));
}

TEST(GrubConfig, TellsWhereThereAreTooManyTexts) {
  std::string text;
  for (int i = 0; i < 20; ++i) text += "set v=x" + std::to_string(i) + "\n";
  const auto config = parse_grub_config(text + "linux /v $v\n");
  ASSERT_EQ(config->entries.size(), 1U);
  EXPECT_FALSE(config->entries[0].options);
  EXPECT_FALSE(config->entries[0].unclear.empty());
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "menuentry a {\nlinux /v\n}\n";
  EXPECT_EQ(parse_grub_config(many).error().kind, ErrorKind::too_large);
}

TEST(GrubEnvironment, HasALineForEachVariable) {
  const GrubVariables variables = parse_grub_environment(
      "# GRUB Environment Block\nsaved_entry=0\nkernelopts=a=b \\\\c\n####\n");
  EXPECT_EQ(variables, (GrubVariables{{"saved_entry", {"0"}}, {"kernelopts", {"a=b \\c"}}}));
}

TEST(GrubLoaderEntry, GetsTheVariablesOfGrub) {
  const GrubVariables variables = {{"kernelopts", {"quiet"}}, {"default_kernelopts", {"ro"}}};
  BootEntry entry{.initrds = {"/initrd", "$tuned_initrd"}, .options = "$kernelopts x=1"};
  auto expanded = expand_loader_entry(entry, variables);
  ASSERT_EQ(expanded.size(), 1U);
  EXPECT_EQ(expanded[0].options, "quiet x=1");
  EXPECT_EQ(expanded[0].initrds, Lines{"/initrd"});
  entry.options.reset();
  EXPECT_EQ(expand_loader_entry(entry, variables)[0].options, "ro");
  EXPECT_EQ(expand_loader_entry(entry, {})[0].options, "");
}

}  // namespace
}  // namespace kmodsec::test
