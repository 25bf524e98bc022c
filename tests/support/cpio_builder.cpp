// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/cpio_builder.hpp"

#include <fmt/format.h>

namespace kmodsec::test {
namespace {

std::string padded_to_4(std::string bytes) {
  bytes.resize((bytes.size() + 3) / 4 * 4);
  return bytes;
}

}  // namespace

CpioFile cpio_folder(const std::string& path, std::uint32_t mode) {
  return {path, "", 0040000 | mode, 0, 2};
}

CpioFile cpio_link(const std::string& path, const std::string& target) {
  return {path, target, 0120777};
}

std::string cpio_entry(const CpioFile& file) {
  const std::string header = fmt::format(
      "070701{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}",
      file.inode, file.mode, 7, 8, file.links, 0, file.content.size(), 0, 1, 0, 0,
      file.path.size() + 1, 0);
  return padded_to_4(header + file.path + std::string(1, '\0')) + padded_to_4(file.content);
}

std::string cpio(const std::vector<CpioFile>& files) {
  std::string archive;
  for (const CpioFile& file : files) archive += cpio_entry(file);
  return archive + cpio_entry({"TRAILER!!!", "", 0});
}

}  // namespace kmodsec::test
