// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "model/loading/boot_entry.hpp"
#include "model/report.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Where partitions that a boot loader or a firmware reads are mounted.
inline constexpr std::array<std::string_view, 6> boot_partitions = {
    "/boot", "/boot/efi", "/efi", "/boot/firmware", "/esp", "/boot/EFI"};

/// An entry and where it stands.
struct FoundEntry {
  BootEntry entry;
  std::string source;     ///< The file that has it.
  std::string partition;  ///< The folder at which its paths begin.
};

/// What the boot loaders of a machine have been told.
struct BootLoaderFiles {
  std::vector<FoundEntry> entries;
  std::vector<Unseen> unseen;  ///< Files and folders that may name more, and were not read.
};

/// The entries of the Boot Loader Specification, GRUB, extlinux and syslinux, Limine, the firmware
/// of Raspberry Pi, and U-Boot's environment files. docs/doors.md has the places. Unified kernel
/// images, which need no entry, are those of `collect_unified_images`.
BootLoaderFiles collect_boot_loaders(const Root& root);

/// The parts of `collect_boot_loaders`.
void add_board_loaders(const Root& root, BootLoaderFiles& files);

/// Every unified kernel image below EFI/Linux, or named by an entry before: its release, and the
/// command line in it with those of its add-ons (systemd v257: src/boot/stub.c). An add-on that
/// brings an initramfs is named among the images.
void add_unified_images(const Root& root, BootLoaderFiles& files);

/// Reads a file of a boot loader; what is there and cannot be read is noted. Empty where there is
/// none.
std::string read_loader_file(const Root& root, const std::string& path, BootLoaderFiles& files);

/// The entries of a folder, as above.
std::vector<Entry> list_loader_folder(const Root& root, const std::string& path,
                                      BootLoaderFiles& files);

}  // namespace kmodsec
