// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/usage/lean_export_report.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

LeanExport two_closed() {
  return {.path = "/etc/modprobe.d/00-kmodsec-lean.conf",
          .denies = {{"sctp",
                      {AttackerPosition::local, "socket(AF_INET, SOCK_STREAM, 132)"},
                      {"install sctp /bin/false", "blacklist sctp"}},
                     {"vfio",
                      {AttackerPosition::root, ""},
                      {"softdep vfio pre:", "install vfio /bin/false", "blacklist vfio"}}},
          .kept = {{"ext4", KeepCause::boot, "the root file system is of it", "ext4"},
                   {"jbd2", KeepCause::needed, "ext4 needs it", "ext4"}},
          .image_builds = {{"/usr/sbin/update-initramfs", "update-initramfs -u -k all"}}};
}

LeanExport with_trigger(const std::string& trigger) {
  LeanExport lean = two_closed();
  lean.denies.front().reach.trigger = trigger;
  return lean;
}

constexpr std::string_view modprobe_text =
    "# Modules that nothing here needs: 2 closed, 2 kept.\n"
    "# Written by 'kmodsec learn propose'. Behind each name is who could have it loaded.\n"
    "# sctp: any local user: socket(AF_INET, SOCK_STREAM, 132)\n"
    "install sctp /bin/false\n"
    "blacklist sctp\n"
    "# vfio: only root\n"
    "softdep vfio pre:\n"
    "install vfio /bin/false\n"
    "blacklist vfio\n";

TEST(LeanExport, ModprobeHasEachReasonBeforeItsLines) {
  EXPECT_EQ(print_lean_modprobe(two_closed()), modprobe_text);
}

TEST(LeanExport, NothingClosedIsNoLine) {
  EXPECT_EQ(
      print_lean_modprobe({}),
      "# Modules that nothing here needs: 0 closed, 0 kept.\n"
      "# Written by 'kmodsec learn propose'. Behind each name is who could have it loaded.\n");
}

TEST(LeanExport, ACommentStaysOneLine) {
  EXPECT_EQ(comment_text("a\nblacklist b"), "a?blacklist b");
  EXPECT_EQ(comment_text("ends in \\"), "ends in ?");
  EXPECT_EQ(comment_text("${x} {{y}} `z` \"q\" \x1b[31m \xc3\xa4"), "??x? ??y?? ?z? ?q? ?[31m ??");
  EXPECT_EQ(comment_text(std::string(1000, 'a')).size(), 200U);
  EXPECT_EQ(comment_text("  pci:v00008086d*  "), "pci:v00008086d*");
}

TEST(LeanExport, TextOfAHostChangesNoLineBesideItsComment) {
  const auto lines_without_comments = [](const std::string& text) {
    std::string lines;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      if (text[at] != '#') lines += text.substr(at, end + 1 - at);
      at = end + 1;
    }
    return lines;
  };
  const std::string plain = lines_without_comments(print_lean_modprobe(two_closed()));
  for (const char* trigger : {"\\", "\n", "\ninstall sctp /bin/sh", "\r\n", "''; x = 1; y = ''"})
    EXPECT_EQ(lines_without_comments(print_lean_modprobe(with_trigger(trigger))), plain);
}

TEST(LeanExport, AnsiblePutsTheFileInPlaceAndMakesTheImageAnew) {
  const std::string text = print_lean_ansible(two_closed());
  EXPECT_TRUE(
      text.starts_with("---\n"
                       "- name: Close the kernel modules that nothing here needs\n"
                       "  ansible.builtin.copy:\n"
                       "    dest: /etc/modprobe.d/00-kmodsec-lean.conf\n"
                       "    owner: root\n"
                       "    group: root\n"
                       "    mode: \"0644\"\n"
                       "    content: |\n"
                       "      # Modules that nothing here needs: 2 closed, 2 kept.\n"))
      << text;
  EXPECT_TRUE(
      text.ends_with("      blacklist vfio\n"
                     "  register: kmodsec_lean\n"
                     "- name: Rebuild the initramfs with update-initramfs\n"
                     "  ansible.builtin.command:\n"
                     "    cmd: update-initramfs -u -k all\n"
                     "    removes: /usr/sbin/update-initramfs\n"
                     "  when: kmodsec_lean is changed\n"))
      << text;
}

TEST(LeanExport, NixRunsTheProgramsThatNixOsHas) {
  EXPECT_EQ(
      print_lean_nix(two_closed()),
      "{ pkgs, ... }:\n"
      "{\n"
      "  environment.etc.\"modprobe.d/00-kmodsec-lean.conf\".text = ''\n"
      "    # Modules that nothing here needs: 2 closed, 2 kept.\n"
      "    # Written by 'kmodsec learn propose'. Behind each name is who could have it loaded.\n"
      "    # sctp: any local user: socket(AF_INET, SOCK_STREAM, 132)\n"
      "    install sctp ${pkgs.coreutils}/bin/false\n"
      "    blacklist sctp\n"
      "    # vfio: only root\n"
      "    softdep vfio pre:\n"
      "    install vfio ${pkgs.coreutils}/bin/false\n"
      "    blacklist vfio\n"
      "  '';\n"
      "}\n");
}

TEST(LeanExport, NixEscapesWhatEndsItsString) {
  const std::string text = print_lean_nix(with_trigger("it''s ${builtins.abort \"\"}"));
  EXPECT_NE(text.find("    # sctp: any local user: it'''s ??builtins.abort ???\n"),
            std::string::npos)
      << text;
}

TEST(LeanExport, IgnitionHasTheFileAsADataUrl) {
  LeanExport lean = two_closed();
  lean.denies = {{"sctp", {AttackerPosition::root, ""}, {"install sctp /bin/false"}}};
  EXPECT_EQ(print_lean_ignition(lean),
            R"({
  "ignition": {
    "version": "3.3.0"
  },
  "storage": {
    "files": [
      {
        "path": "/etc/modprobe.d/00-kmodsec-lean.conf",
        "mode": 420,
        "overwrite": true,
        "contents": {
          "source": "data:,%23%20Modules%20that%20nothing%20here%20needs%3A%201%20closed%2C%202%20kept.%0A%23%20Written%20by%20%27kmodsec%20learn%20propose%27.%20Behind%20each%20name%20is%20who%20could%20have%20it%20loaded.%0A%23%20sctp%3A%20only%20root%0Ainstall%20sctp%20%2Fbin%2Ffalse%0A"
        }
      }
    ]
  }
}
)");
}

TEST(LeanExport, DracutLeavesTheClosedOut) {
  EXPECT_EQ(print_lean_dracut(two_closed()),
            "# Modules that nothing here needs: 2 left out of the image, 2 kept.\n"
            "# Written by 'kmodsec learn propose'. Behind each name is who could have it loaded.\n"
            "omit_drivers+=\" sctp \" # any local user: socket(AF_INET, SOCK_STREAM, 132)\n"
            "omit_drivers+=\" vfio \" # only root\n");
}

TEST(LeanExport, NamesAreThoseOfTheKept) {
  EXPECT_EQ(print_lean_names(two_closed()),
            "ext4 # boot: the root file system is of it\n"
            "jbd2 # needed: ext4 needs it\n");
}

}  // namespace
}  // namespace kmodsec
