// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/initramfs.hpp"

#include <memory>

#include "cpio_laws.hpp"
#include "support/sipped_stream.hpp"
#include "system/files/image_root.hpp"
#include "target.hpp"

namespace kmodsec {
namespace {

template <class Stream>
Result<std::vector<CpioEntry>> parse(std::string_view input, bool keep,
                                     InitramfsUnpacking unpacking = InitramfsUnpacking::in_pieces) {
  constexpr std::size_t limit = 1024UL * 1024;
  const auto places = initramfs_places(WholeBytes(input));
  if (!places) return std::unexpected(places.error());
  const auto keep_all = [&](const CpioEntry&, std::string_view) { return keep; };
  InitramfsReader reader(limit, keep_all, unpacking);
  for (const PeSection& place : *places) {
    require(place.offset <= input.size() && place.size <= input.size() - place.offset);
    Stream stream(input.substr(place.offset, place.size));
    const Result<void> added = reader.add(stream);
    if (!added) return std::unexpected(added.error());
  }
  return reader.take();
}

FileType type_of(const CpioEntry& entry) {
  switch (entry.mode & cpio_mode::type) {
    case cpio_mode::directory: return FileType::directory;
    case cpio_mode::link: return FileType::link;
    default: return FileType::regular;
  }
}

/// What was put into a tree is found there, under the path that it came with.
void require_placed(ImageRoot& tree, const CpioEntry& entry) {
  const FileType type = type_of(entry);
  const FileStatus status = {type, entry.size, entry.mode, 0, 0};
  if (!tree.add(entry.path, status, entry.content)) return;
  const auto there = tree.link_status(entry.path);
  require(there && there->type == type && there->size == entry.size);
  const bool is_kept = entry.content.size() > 0 || entry.size == 0;
  if (type == FileType::directory) require(tree.list(entry.path).has_value());
  if (type != FileType::regular) return;
  const auto content = tree.read(entry.path, SIZE_MAX);
  require(content.has_value() == is_kept);
  if (is_kept) require(*content == entry.content.view());
}

/// Up to the first link: an entry may take the place of one that its own path leads through.
void require_tree(const std::vector<CpioEntry>& entries) {
  ImageRoot tree;
  for (const CpioEntry& entry : entries) {
    require_placed(tree, entry);
    if (type_of(entry) == FileType::link) break;
  }
  for (const CpioEntry& entry : entries)
    static_cast<void>(tree.add(entry.path, {type_of(entry), entry.size, 0, 0, 0}, entry.content));
}

}  // namespace
}  // namespace kmodsec

/// It does not matter in which pieces the input came, nor for anything else what is kept; and what
/// unpacks in pieces unpacks at once. (zlib looks at the checksum of a header; the kernel does
/// not.)
void kmodsec::examine(std::string_view input) {
  const auto image = parse<WholeStream>(input, true);
  const auto sipped = parse<test::SippedStream>(input, true);
  const auto skimmed = parse<WholeStream>(input, false);
  require(image.has_value() == sipped.has_value() && image.has_value() == skimmed.has_value());
  if (!image) {
    require(!image.error().reason.empty() && !sipped.error().reason.empty());
    return;
  }
  const auto at_once = parse<WholeStream>(input, true, InitramfsUnpacking::at_once);
  require(at_once.has_value());
  require_same(*image, *at_once);
  require(!image->empty() && image->size() == skimmed->size());
  require_same(*image, *sipped);
  require_tree(*image);
  require_tree(*skimmed);
}
