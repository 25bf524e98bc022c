// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/initramfs_tree.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/module_name.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/limits.hpp"
#include "collect/module_file.hpp"
#include "format/initramfs.hpp"
#include "system/file_stream.hpp"
#include "system/sparse_file.hpp"

namespace kmodsec {
namespace {

bool may_be_read(const CpioEntry& entry, std::string_view head, ImageModules modules) {
  const std::string_view path = entry.path;
  if (is_module_file(path)) return modules != ImageModules::named && entry.size <= module_limit;
  if (file_name(path).starts_with("modules.")) return entry.size <= index_limit;
  const bool is_firmware = path.find("lib/firmware/") != std::string_view::npos;
  const bool is_program = head.starts_with("\177ELF");
  return !is_firmware && !is_program && entry.size <= configuration_limit;
}

FileType type_of(std::uint32_t mode) {
  switch (mode & cpio_mode::type) {
    case cpio_mode::regular: return FileType::regular;
    case cpio_mode::directory: return FileType::directory;
    case cpio_mode::link: return FileType::link;
    default: return FileType::other;
  }
}

/// Of a module its digests, in place of its content. A link to one keeps where it leads.
std::optional<ModuleDigests> take_digests(CpioEntry& entry, Budget& budget) {
  const bool is_module = type_of(entry.mode) == FileType::regular && is_module_file(entry.path);
  if (!is_module || entry.content.size() == 0) return std::nullopt;
  const SharedBytes content = std::exchange(entry.content, {});
  ModuleFile file = read_module_file(entry.path, content.view(), {.digests = true}, {}, budget);
  return ModuleDigests{std::move(file.module_sha256), std::move(file.payload_sha256)};
}

class ImageReader {
 public:
  ImageReader(ImageModules modules, Budget& budget) : modules_(modules), budget_(budget) {}

  Result<void> read(const File& file) {
    constexpr std::size_t unpacked_limit = 1024UL * 1024 * 1024;
    const SparseFile parts(file);
    const auto places = initramfs_places(parts);
    if (!parts.state()) return parts.state();
    if (!places) return std::unexpected(places.error());
    const auto keep = [this](const CpioEntry& entry, std::string_view head) {
      return may_be_read(entry, head, modules_);
    };
    const auto visit = [this](std::size_t number, CpioEntry& entry) { hash(number, entry); };
    InitramfsReader reader(std::min<std::uint64_t>(unpacked_limit, budget_.bytes_left()), keep,
                           modules_ == ImageModules::whole ? InitramfsUnpacking::at_once
                                                           : InitramfsUnpacking::in_pieces,
                           visit);
    for (const PeSection& place : *places) {
      FileStream bytes(file, place.offset, place.size);
      const Result<void> added = reader.add(bytes);
      budget_.take_bytes(reader.unpacked());
      if (!bytes.state()) return bytes.state();
      if (!added) return added;
    }
    auto entries = reader.take();
    if (!entries) return std::unexpected(entries.error());
    entries_ = std::move(*entries);
    budget_.take_entries(entries_.size());
    return {};
  }

  Result<Initramfs> put_up() &&;

 private:
  void hash(std::size_t number, CpioEntry& entry) {
    if (modules_ != ImageModules::hashed) return;
    if (auto digests = take_digests(entry, budget_)) digests_[number] = std::move(*digests);
  }

  ImageModules modules_;
  Budget& budget_;
  std::vector<CpioEntry> entries_;
  std::unordered_map<std::uint64_t, ModuleDigests> digests_;
};

/// A kernel takes the way that a link leads up to its first NUL.
SharedBytes content_of(const CpioEntry& entry) {
  const bool is_link = type_of(entry.mode) == FileType::link;
  const std::string_view content = entry.content.view();
  return is_link ? entry.content.share(content.substr(0, content.find('\0'))) : entry.content;
}

/// What cannot stand where it should is left out, as by the kernel.
Result<Initramfs> ImageReader::put_up() && {
  constexpr std::uint32_t permissions = 07777;
  Initramfs image{.tree = ImageRoot(&budget_), .digests = std::move(digests_)};
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const CpioEntry& entry = entries_[i];
    const FileStatus status = {.type = type_of(entry.mode),
                               .size = entry.size,
                               .mode = entry.mode & permissions,
                               .uid = entry.uid,
                               .gid = entry.gid,
                               .inode = i};
    const auto added = image.tree.add(entry.path, status, content_of(entry));
    if (!added && added.error().kind == ErrorKind::too_large)
      return failure(ErrorKind::too_large, "", "too many folders, or too long a way through them");
  }
  return image;
}

Result<Initramfs> unpack_initramfs(const File& file, ImageModules modules, Budget& budget) {
  constexpr std::uint64_t image_limit = 512UL * 1024 * 1024;
  if (file.size() > image_limit) return failure(ErrorKind::too_large, "", "larger than the limit");
  ImageReader reader(modules, budget);
  const Result<void> read = reader.read(file);
  return read ? std::move(reader).put_up() : std::unexpected(read.error());
}

}  // namespace

const ModuleDigests* Initramfs::digests_of(std::string_view path) const {
  const auto status = tree.status(path);
  const auto found = status ? digests.find(status->inode) : digests.end();
  return found == digests.end() ? nullptr : &found->second;
}

Result<Initramfs> open_initramfs(const Root& root, const std::string& path, ImageModules modules) {
  const auto file = root.open(path);
  if (!file) return std::unexpected(file.error());
  auto image = unpack_initramfs(**file, modules, root.budget());
  if (!image) return failure(image.error().kind, utf8_text(path), image.error().reason);
  return image;
}

}  // namespace kmodsec
