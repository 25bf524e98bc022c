// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/elf.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  build_id_of_notes(input);
  const WholeBytes source(input);
  const auto elf = Elf::parse(source);
  if (!elf) return;
  elf->build_id();
  const auto info = elf->section(".modinfo");
  if (!info || info->empty()) return;
  require(info->data() >= input.data());
  require(info->data() + info->size() <= input.data() + input.size());
}
