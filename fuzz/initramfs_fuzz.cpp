// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/initramfs.hpp"

#include <string>

#include "system/image_root.hpp"
#include "target.hpp"

namespace {

kmodsec::FileType type_of(const kmodsec::CpioEntry& entry) {
  switch (entry.mode & kmodsec::cpio_mode::type) {
    case kmodsec::cpio_mode::directory: return kmodsec::FileType::directory;
    case kmodsec::cpio_mode::link: return kmodsec::FileType::link;
    default: return kmodsec::FileType::regular;
  }
}

}  // namespace

/// What was put into a tree is found there, under the path that it came with.
void kmodsec::examine(std::string_view input) {
  constexpr std::size_t limit = 1024UL * 1024;
  const auto image = parse_initramfs(std::string(input), limit);
  if (!image) {
    require(!image.error().reason.empty());
    return;
  }
  require(!image->entries().empty());
  ImageRoot tree;
  for (const CpioEntry& entry : image->entries()) {
    const FileType type = type_of(entry);
    if (!tree.add(entry.path, {type, 0, entry.mode, 0, 0}, {entry.content, nullptr})) continue;
    const auto status = tree.link_status(entry.path);
    require(status && status->type == type && status->size == entry.content.size());
    if (type == FileType::regular) require(tree.read(entry.path, SIZE_MAX) == entry.content);
    if (type == FileType::directory) require(tree.list(entry.path).has_value());
  }
}
