// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/cpio.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_entries = 500'000;
constexpr std::size_t longest_path = 4096;
constexpr std::size_t alignment = 4;
constexpr std::size_t header_size = 110;
constexpr std::size_t magic_size = 6;
constexpr std::size_t digits_of_field = 8;
constexpr std::uint64_t content_head_size = 32;

enum Field { inode, mode, uid, gid, links, mtime, size, major, minor, rmajor, rminor, path_size };
constexpr std::size_t field_count = 12;

using Header = std::array<std::uint32_t, field_count>;

std::unexpected<Error> malformed(std::string reason) {
  return failure(ErrorKind::malformed, "", std::move(reason));
}

Result<Header> parse_header(std::string_view bytes) {
  if (bytes.starts_with("070707"))
    return failure(ErrorKind::unsupported, "", "a cpio archive of the old format");
  if (!bytes.starts_with("070701") && !bytes.starts_with("070702"))
    return malformed("not the header of a cpio entry");
  if (bytes.size() < header_size) return malformed("a cpio entry is cut short");
  Header header{};
  for (std::size_t i = 0; i < field_count; ++i) {
    const auto digits = bytes.substr(magic_size + i * digits_of_field, digits_of_field);
    const auto value = parse_number<std::uint32_t>(digits, 16);
    if (!value) return malformed("not a number in the header of a cpio entry");
    header[i] = *value;
  }
  return header;
}

/// Of a path that ends at its first NUL.
Result<std::string> parse_path(std::string_view bytes, std::size_t length) {
  if (bytes.size() < length || bytes[length - 1] != '\0')
    return malformed("the path of a cpio entry is cut short");
  return std::string(bytes.substr(0, bytes.find('\0')));
}

/// The names of one file; only the last of them has its content with it.
class HardLinks {
 public:
  void add(const Header& header, std::size_t index, const CpioEntry& entry) {
    File& file = files_[{header[major], header[minor], header[inode]}];
    file.names.push_back(index);
    if (entry.content.size() > 0) file.content = entry.content;
  }

  void settle(std::vector<CpioEntry>& entries, const VisitEntry& visit) {
    for (const auto& [key, file] : files_) {
      for (const std::size_t name : file.names) {
        entries[name].content = file.content;
        entries[name].size = file.content.size();
        if (visit) visit(name, entries[name]);
      }
    }
    files_.clear();
  }

 private:
  struct File {
    std::vector<std::size_t> names;
    SharedBytes content;
  };

  std::map<std::array<std::uint32_t, 3>, File> files_;
};

class Reader {
 public:
  Reader(ByteStream& bytes, const KeepContent& keep, std::vector<CpioEntry>& entries,
         const VisitEntry& visit)
      : bytes_(bytes), keep_(keep), entries_(entries), visit_(visit) {}

  Result<void> read() {
    while (skip_padding(bytes_) && bytes_.peek().front() == '0') {
      const Result<void> taken = take_entry();
      if (!taken) return taken;
    }
    links_.settle(entries_, visit_);
    return {};
  }

 private:
  Result<void> take_entry() {
    if (bytes_.position() % alignment != 0) return malformed("a cpio entry is not aligned");
    const auto header = parse_header(bytes_.peek(header_size));
    if (!header) return std::unexpected(header.error());
    bytes_.skip(header_size);
    auto path = take_path((*header)[path_size]);
    if (!path) return std::unexpected(path.error());
    CpioEntry entry{.path = std::move(*path),
                    .mode = (*header)[mode],
                    .uid = (*header)[uid],
                    .gid = (*header)[gid],
                    .size = (*header)[size]};
    const bool has_other_names = is_file(entry) && (*header)[links] > 1;
    if (!align() || !take_content(entry, has_other_names))
      return malformed("the content of a cpio entry is cut short");
    align();
    if (entry.path == "TRAILER!!!") {
      links_.settle(entries_, visit_);
      return {};
    }
    if (entries_.size() == most_entries)
      return failure(ErrorKind::too_large, "", "more than half a million cpio entries");
    if (has_other_names)
      links_.add(*header, entries_.size(), entry);
    else if (visit_)
      visit_(entries_.size(), entry);
    entries_.push_back(std::move(entry));
    return {};
  }

  Result<std::string> take_path(std::size_t length) {
    if (length == 0 || length > longest_path)
      return malformed("a cpio entry with a path of impossible length");
    auto path = parse_path(bytes_.peek(length), length);
    if (path) bytes_.skip(length);
    return path;
  }

  /// False when the padding is cut short.
  bool align() {
    const std::size_t count = (alignment - bytes_.position() % alignment) % alignment;
    const std::size_t there = std::min(bytes_.peek(count).size(), count);
    bytes_.skip(there);
    return there == count;
  }

  /// False when it is cut short.
  bool take_content(CpioEntry& entry, bool has_other_names) {
    if (entry.size == 0) return true;
    if (!has_other_names && !is_kept(entry)) return skip_content(entry.size);
    entry.content = bytes_.take(entry.size);
    return entry.content.size() == entry.size;
  }

  bool skip_content(std::uint64_t left) {
    while (left > 0 && !bytes_.peek().empty()) {
      const std::uint64_t there = std::min<std::uint64_t>(bytes_.peek().size(), left);
      bytes_.skip(there);
      left -= there;
    }
    return left == 0;
  }

  bool is_kept(const CpioEntry& entry) {
    if ((entry.mode & cpio_mode::type) == cpio_mode::link) return true;
    const std::uint64_t head_size = std::min(entry.size, content_head_size);
    return is_file(entry) && keep_(entry, bytes_.peek(head_size).substr(0, head_size));
  }

  static bool is_file(const CpioEntry& entry) {
    return (entry.mode & cpio_mode::type) == cpio_mode::regular;
  }

  ByteStream& bytes_;
  const KeepContent& keep_;
  std::vector<CpioEntry>& entries_;
  const VisitEntry& visit_;
  HardLinks links_;
};

}  // namespace

bool skip_padding(ByteStream& bytes) {
  for (std::string_view next = bytes.peek(); !next.empty(); next = bytes.peek()) {
    const std::size_t zeros = std::min(next.find_first_not_of('\0'), next.size());
    bytes.skip(zeros);
    if (zeros < next.size()) return true;
  }
  return false;
}

Result<void> read_cpio(ByteStream& bytes, const KeepContent& keep, std::vector<CpioEntry>& entries,
                       const VisitEntry& visit) {
  return Reader(bytes, keep, entries, visit).read();
}

}  // namespace kmodsec
