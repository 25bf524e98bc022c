// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot/initramfs_tree.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/host/walk.hpp"
#include "collect/limits.hpp"
#include "collect/modules/module_file.hpp"
#include "collect/modules/module_search.hpp"
#include "format/loading/initramfs.hpp"
#include "format/modules/module_content.hpp"
#include "model/host/module_name.hpp"
#include "system/files/file_stream.hpp"
#include "system/files/sparse_file.hpp"

namespace kmodsec {
namespace {

/// The program that loads modules in the image: its text tells whose rules hold.
bool is_module_loader(const CpioEntry& entry) {
  constexpr std::uint64_t largest = 4UL * 1024 * 1024;
  constexpr std::array<std::string_view, 3> names = {"kmod", "modprobe", "busybox"};
  return entry.size <= largest && std::ranges::find(names, file_name(entry.path)) != names.end();
}

bool is_configuration(const CpioEntry& entry, std::string_view head) {
  const std::string_view path = entry.path;
  if (is_module_loader(entry)) return true;
  if (file_name(path).starts_with("modules.")) return entry.size <= index_limit;
  const bool is_firmware = path.find("lib/firmware/") != std::string_view::npos;
  const bool is_program = head.starts_with("\177ELF");
  return !is_firmware && !is_program && entry.size <= configuration_limit;
}

/// Whether the content of what is no module was kept only to find that out.
bool is_kept_to_be_told(const CpioEntry& entry) {
  const std::string_view content = entry.content.view();
  return may_begin_module(content) && !is_configuration(entry, content);
}

/// What is kept until it is known whether it is a module, by its name or by its content.
bool may_be_read(const CpioEntry& entry, std::string_view head, ImageModules modules) {
  if (is_module_file(entry.path))
    return modules != ImageModules::named && entry.size <= module_limit;
  const bool may_be_module = may_begin_module(head) && entry.size <= module_limit;
  return may_be_module || is_configuration(entry, head);
}

FileType type_of(std::uint32_t mode) {
  switch (mode & cpio_mode::type) {
    case cpio_mode::regular: return FileType::regular;
    case cpio_mode::directory: return FileType::directory;
    case cpio_mode::link: return FileType::link;
    default: return FileType::other;
  }
}

std::string own_name_of(const ModuleFile& file) {
  return file.content ? normalized_module_name(file.content->own_name) : std::string{};
}

/// Of a module its digests, in place of its content.
ModuleDigests take_digests(CpioEntry& entry, Budget& budget) {
  const SharedBytes content = std::exchange(entry.content, {});
  ModuleFile file =
      read_module_file(entry.path, content.view(), {.parts = {Part::digests}}, {}, budget);
  return {std::move(file.module_sha256), std::move(file.payload_sha256), own_name_of(file)};
}

class ImageTreeReader {
 public:
  ImageTreeReader(ImageModules modules, Budget& budget) : modules_(modules), budget_(budget) {}

  Result<void> read(const File& file) {
    constexpr std::size_t unpacked_limit = 1024UL * 1024 * 1024;
    const SparseFile parts(file);
    const auto places = initramfs_places(parts);
    if (!parts.state()) return parts.state();
    if (!places) return std::unexpected(places.error());
    const auto keep = [this](const CpioEntry& entry, std::string_view head) {
      return may_be_read(entry, head, modules_);
    };
    const auto visit = [this](std::size_t number, CpioEntry& entry) { look_at(number, entry); };
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
  /// A link to a module keeps where it leads.
  void look_at(std::size_t number, CpioEntry& entry) {
    if (type_of(entry.mode) != FileType::regular || entry.content.size() == 0) return;
    const std::string_view content = entry.content.view();
    const bool bears_name = is_module_file(entry.path);
    const bool is_module = bears_name || is_module_content(content);
    if (is_module && !bears_name) disguised_.insert(number);
    if (is_module && modules_ == ImageModules::hashed)
      digests_[number] = take_digests(entry, budget_);
    else if (is_module ? modules_ != ImageModules::whole : is_kept_to_be_told(entry))
      entry.content = {};
  }

  ImageModules modules_;
  Budget& budget_;
  std::vector<CpioEntry> entries_;
  std::unordered_map<std::uint64_t, ModuleDigests> digests_;
  std::unordered_set<std::uint64_t> disguised_;
};

/// A kernel takes the way that a link leads up to its first NUL.
SharedBytes content_of(const CpioEntry& entry) {
  const bool is_link = type_of(entry.mode) == FileType::link;
  const std::string_view content = entry.content.view();
  return is_link ? entry.content.share(content.substr(0, content.find('\0'))) : entry.content;
}

/// What cannot stand where it should is left out, as by the kernel.
Result<Initramfs> ImageTreeReader::put_up() && {
  constexpr std::uint32_t permissions = 07777;
  Initramfs image{.tree = ImageRoot(&budget_),
                  .digests = std::move(digests_),
                  .disguised = std::move(disguised_)};
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
  ImageTreeReader reader(modules, budget);
  const Result<void> read = reader.read(file);
  return read ? std::move(reader).put_up() : std::unexpected(read.error());
}

}  // namespace

const ModuleDigests* Initramfs::digests_of(std::string_view path) const {
  const auto status = tree.status(path);
  const auto found = status ? digests.find(status->inode) : digests.end();
  return found == digests.end() ? nullptr : &found->second;
}

Result<std::vector<std::string>> Initramfs::module_paths(const std::string& release) const {
  std::vector<std::string> paths = find_module_paths(tree, release).paths;
  std::set<std::uint64_t> found;
  const auto number_of = [&](const std::string& path) {
    const auto status = tree.status(path);
    return status ? std::optional(status->inode) : std::nullopt;
  };
  for (const std::string& path : paths)
    if (const auto number = number_of(path)) found.insert(*number);
  const std::vector<Unseen> unseen = walk(tree, "", [&](const std::string& path, FileType type) {
    const bool is_file = type == FileType::regular || type == FileType::link;
    const auto number = is_file ? number_of(path) : std::nullopt;
    const bool is_disguised = type == FileType::regular && number && disguised.contains(*number);
    if (!number || (!is_module_file(path) && !is_disguised)) return;
    if (found.insert(*number).second) paths.push_back(path);
  });
  if (!unseen.empty()) return failure(ErrorKind::too_large, "", unseen.front().why);
  return paths;
}

Result<Initramfs> open_initramfs(const Root& root, const std::string& path, ImageModules modules) {
  const auto file = root.open(path);
  if (!file) return std::unexpected(file.error());
  auto image = unpack_initramfs(**file, modules, root.budget());
  if (!image) return failure(image.error().kind, utf8_text(path), image.error().reason);
  return image;
}

}  // namespace kmodsec
