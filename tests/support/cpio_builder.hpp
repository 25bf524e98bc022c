// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kmodsec::test {

struct CpioFile {
  std::string path;
  std::string content;
  std::uint32_t mode = 0100644;
  std::uint32_t inode = 0;
  std::uint32_t links = 1;
};

CpioFile cpio_folder(const std::string& path, std::uint32_t mode = 0755);
CpioFile cpio_link(const std::string& path, const std::string& target);

/// One entry, padded.
std::string cpio_entry(const CpioFile& file);

/// The entries and their trailer, as `cpio -o -H newc` writes them, without its blocks of 512.
std::string cpio(const std::vector<CpioFile>& files);

}  // namespace kmodsec::test
