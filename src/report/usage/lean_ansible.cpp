// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "base/text.hpp"
#include "report/usage/lean_export_report.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view head = R"(---
- name: Close the kernel modules that nothing here needs
  ansible.builtin.copy:
    dest: {}
    owner: root
    group: root
    mode: "0644"
    content: |
)";

constexpr std::string_view build = R"(- name: Rebuild the initramfs with {}
  ansible.builtin.command:
    cmd: {}
    removes: {}
  when: kmodsec_lean is changed
)";

}  // namespace

std::string print_lean_ansible(const LeanExport& lean) {
  std::string text = fmt::format(head, lean.path);
  for_each_line(print_lean_modprobe(lean), [&](std::string_view line, std::size_t) {
    text += fmt::format("      {}\n", line);
  });
  text += "  register: kmodsec_lean\n";
  for (const ImageBuild& one : lean.image_builds) {
    const std::string_view name = std::string_view(one.program).substr(one.program.rfind('/') + 1);
    text += fmt::format(build, name, one.command, one.program);
  }
  return text;
}

}  // namespace kmodsec
