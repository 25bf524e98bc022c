// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/initramfs_tree.hpp"

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "base/module_name.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/limits.hpp"
#include "format/initramfs.hpp"
#include "system/file_stream.hpp"
#include "system/sparse_file.hpp"

namespace kmodsec {
namespace {

bool may_be_read(const CpioEntry& entry, std::string_view head, ImageModules modules) {
  const std::string_view path = entry.path;
  if (is_module_file(path)) return modules == ImageModules::whole;
  if (file_name(path).starts_with("modules.")) return entry.size <= index_limit;
  const bool is_firmware = path.find("lib/firmware/") != std::string_view::npos;
  const bool is_program = head.starts_with("\177ELF");
  return !is_firmware && !is_program && entry.size <= configuration_limit;
}

Result<std::vector<CpioEntry>> read_entries(const File& file, ImageModules modules) {
  constexpr std::size_t unpacked_limit = 1024UL * 1024 * 1024;
  const SparseFile parts(file);
  const auto places = initramfs_places(parts);
  if (!parts.state()) return std::unexpected(parts.state().error());
  if (!places) return std::unexpected(places.error());
  const auto keep = [&](const CpioEntry& entry, std::string_view head) {
    return may_be_read(entry, head, modules);
  };
  InitramfsReader reader(
      unpacked_limit, keep,
      modules == ImageModules::whole ? InitramfsUnpacking::at_once : InitramfsUnpacking::in_pieces);
  for (const PeSection& place : *places) {
    FileStream bytes(file, place.offset, place.size);
    const Result<void> added = reader.add(bytes);
    if (!bytes.state()) return std::unexpected(bytes.state().error());
    if (!added) return std::unexpected(added.error());
  }
  return reader.take();
}

FileType type_of(std::uint32_t mode) {
  switch (mode & cpio_mode::type) {
    case cpio_mode::regular: return FileType::regular;
    case cpio_mode::directory: return FileType::directory;
    case cpio_mode::link: return FileType::link;
    default: return FileType::other;
  }
}

/// A kernel takes the way that a link leads up to its first NUL.
SharedBytes content_of(const CpioEntry& entry) {
  const bool is_link = (entry.mode & cpio_mode::type) == cpio_mode::link;
  const std::string_view content = entry.content.view();
  return is_link ? entry.content.share(content.substr(0, content.find('\0'))) : entry.content;
}

/// What cannot stand where it should is left out, as by the kernel.
Result<ImageRoot> put_up(const std::vector<CpioEntry>& entries) {
  constexpr std::uint32_t permissions = 07777;
  ImageRoot tree;
  for (const CpioEntry& entry : entries) {
    const FileStatus status = {type_of(entry.mode), entry.size, entry.mode & permissions, entry.uid,
                               entry.gid};
    const auto added = tree.add(entry.path, status, content_of(entry));
    if (!added && added.error().kind == ErrorKind::too_large)
      return failure(ErrorKind::too_large, "", "too many folders, or too long a way through them");
  }
  return tree;
}

Result<ImageRoot> unpack_initramfs(const File& file, ImageModules modules) {
  constexpr std::uint64_t image_limit = 512UL * 1024 * 1024;
  if (file.size() > image_limit) return failure(ErrorKind::too_large, "", "larger than the limit");
  const auto entries = read_entries(file, modules);
  return entries ? put_up(*entries) : std::unexpected(entries.error());
}

}  // namespace

Result<ImageRoot> open_initramfs(const Root& root, const std::string& path, ImageModules modules) {
  const auto file = root.open(path);
  if (!file) return std::unexpected(file.error());
  auto tree = unpack_initramfs(**file, modules);
  if (!tree) return failure(tree.error().kind, utf8_text(path), tree.error().reason);
  return tree;
}

}  // namespace kmodsec
