// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <string_view>

#include "format/loading/modprobe_conf.hpp"
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

const std::string path = "/boot/initrd.img-6.1.0-test";

/// A host with these lines, and an image that has "dummy" and "udf", with those.
Facts machine_with_image(std::string_view of_host, std::string_view of_image) {
  Facts facts = machine_with_lines(of_host);
  InitramfsImage image{.path = path,
                       .maker = ImageMaker::initramfs_tools,
                       .load = parse_modprobe_conf(of_image, path + ":/etc/modprobe.d/a.conf")};
  for (const char* name : {"dummy", "udf"})
    image.modules.push_back({name, std::string("/") + name + ".ko", true, "00", "00"});
  facts.trees.front().initramfs_images = std::vector<InitramfsImage>{std::move(image)};
  return facts;
}

InitramfsImage& image_of(Facts& facts) { return facts.trees.front().initramfs_images->front(); }

std::string message_of(const Facts& facts) {
  const std::string message = verdict_of("INITRD-003", facts).findings.at(0).message;
  return message.substr(0, message.find(';'));
}

TEST(InitramfsLines, PassesWhereTheImageSaysTheSame) {
  expect_pass("INITRD-003", machine_with_image("install udf /bin/false\nblacklist dummy\n",
                                               "blacklist dummy\ninstall  udf  /bin/true\n"));
  expect_pass("INITRD-003", machine_with_image("", ""));
}

TEST(InitramfsLines, ADenyThatTheImageLacks) {
  const Facts facts = machine_with_image("install udf /bin/false\n", "");
  expect_fail("INITRD-003", facts, {"udf"});
  EXPECT_EQ(message_of(facts), "the host has denies of it that " + path + " lacks");
  const Finding finding = verdict_of("INITRD-003", facts).findings.front();
  EXPECT_EQ(finding.evidence.at(0).source, "/etc/modprobe.d/a.conf");
  EXPECT_EQ(finding.evidence.at(1).source, path);
  EXPECT_EQ(finding.evidence.at(1).value, "no such line");
}

TEST(InitramfsLines, ADenyOfTheImageAlone) {
  const Facts facts = machine_with_image("", "blacklist dummy\n");
  expect_fail("INITRD-003", facts, {"dummy"});
  EXPECT_EQ(message_of(facts), path + " has denies of it that the host lacks");
}

TEST(InitramfsLines, OptionsAliasesAndSoftDependencies) {
  const Facts facts =
      machine_with_image("options dummy numdummies=1\n",
                         "options dummy numdummies=9\nalias fs-ext4 udf\nsoftdep udf pre: dummy\n");
  expect_fail("INITRD-003", facts, {"dummy", "udf", "udf"});
  EXPECT_EQ(message_of(facts), path + " has other options of it than the host");
}

TEST(InitramfsLines, ACommandOfTheImageAlone) {
  const Facts facts = machine_with_image("", "install nosuch /tmp/x\nremove udf /tmp/y\n");
  expect_fail("INITRD-003", facts, {"nosuch"});
  EXPECT_EQ(message_of(facts), path + " runs a command when it is asked for there: /tmp/x");
  expect_pass("INITRD-003",
              machine_with_image("install nosuch /tmp/x\n", "install nosuch /tmp/x\n"));
}

TEST(InitramfsLines, UnblacklistOfSuseIsNoCommandOfAnImage) {
  expect_pass("INITRD-003",
              machine_with_image("",
                                 "install udf /usr/lib/module-init-tools/unblacklist udf; "
                                 "/sbin/modprobe --ignore-install udf\n"));
}

TEST(InitramfsLines, WhatTheImageDoesNotHaveDoesNotMatter) {
  expect_pass("INITRD-003",
              machine_with_image("install isofs /bin/false\n", "options isofs a=1\n"));
}

TEST(InitramfsLines, LinesThatNoImageCanHave) {
  Facts facts = machine_with_image("", "");
  add_lines(facts, "install udf /bin/false\n", "/run/modprobe.d/x.conf");
  add_lines(facts, "blacklist dummy\n", "/proc/cmdline");
  expect_pass("INITRD-003", facts);
  add_lines(facts, "blacklist dummy\n", "/etc/modprobe.d/00-kmodsec-deny.conf");
  expect_fail("INITRD-003", facts, {"dummy"});
  facts.policy->deny.initramfs = DenyInInitramfs::exclude;
  expect_pass("INITRD-003", facts);
}

TEST(InitramfsLines, LinesThatItsModprobeDoesNotRead) {
  Facts facts = machine_with_image("install udf /bin/false\nblacklist dummy\n", "");
  image_of(facts).load.loader.kind = LoaderKind::busybox;
  expect_fail("INITRD-003", facts, {"dummy"});
  image_of(facts).load.loader.kind = LoaderKind::busybox_small;
  expect_pass("INITRD-003", facts);
  image_of(facts).load.loader.libkmod = true;
  expect_fail("INITRD-003", facts, {"dummy", "udf"});
}

TEST(InitramfsLines, IsUnknownWhereOneSideWasNotSeen) {
  const Facts missing = machine_with_image("install udf /bin/false\n", "");
  const Facts extra = machine_with_image("", "install udf /bin/false\n");
  for (Facts facts : {missing, extra}) {
    facts.load->unseen = {{"/etc/modprobe.d/b.conf", "no permission"}};
    image_of(facts).load.unseen = {{path + ":/etc/modprobe.d/b.conf", "no permission"}};
    expect_unknown("INITRD-003", facts);
    facts.trees.front().initramfs_images = not_seen();
    expect_unknown("INITRD-003", facts);
    facts.load = not_seen();
    expect_unknown("INITRD-003", facts);
  }
  Facts facts = machine_with_image("", "");
  facts.policy = not_seen();
  expect_unknown("INITRD-003", facts);
}

}  // namespace
}  // namespace kmodsec::test
