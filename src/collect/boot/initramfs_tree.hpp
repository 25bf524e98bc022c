// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.hpp"
#include "system/files/image_root.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What is kept of the modules in an image.
enum class ImageModules {
  named,   ///< Where they stand. Their content cannot be read.
  hashed,  ///< And their digests, taken while they pass.
  whole,   ///< The memory for all of them.
};

/// The digests of a module, unpacked, and of that without its signature: SHA-256, hexadecimal.
/// Empty where it cannot be unpacked.
struct ModuleDigests {
  std::string module;
  std::string payload;
  std::string own_name;  ///< As the module itself has it; empty where it does not tell.
};

/// An initramfs, or the one in a unified kernel image, as the tree that the kernel makes of it. Of
/// other files the content is kept where it may be configuration, an index or the module loader:
/// not that of other programs, firmware and what is larger than any configuration that is read.
struct Initramfs {
  ImageRoot tree;
  std::unordered_map<std::uint64_t, ModuleDigests> digests;  ///< By inode: see `hashed`.
  std::unordered_set<std::uint64_t> disguised;  ///< Inodes of modules under names of other files.

  /// Its modules, wherever they stand: an init can insert any file. Those in the folder of the
  /// release come first. Error: `too_large` for folders that are nested too deeply.
  Result<std::vector<std::string>> module_paths(const std::string& release) const;

  /// Null for what is not a module that was hashed.
  const ModuleDigests* digests_of(std::string_view path) const;
};

Result<Initramfs> open_initramfs(const Root& root, const std::string& path, ImageModules modules);

}  // namespace kmodsec
