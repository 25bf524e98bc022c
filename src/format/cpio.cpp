// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cpio.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/byte_reader.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t longest_path = 4096;
constexpr std::size_t alignment = 4;
constexpr std::size_t header_size = 110;
constexpr std::size_t magic_size = 6;
constexpr std::size_t digits_of_field = 8;

enum Field { inode, mode, uid, gid, links, mtime, size, major, minor, rmajor, rminor, path_size };
constexpr std::size_t field_count = 12;

using Header = std::array<std::uint32_t, field_count>;

std::unexpected<Error> malformed(std::string reason) {
  return failure(ErrorKind::malformed, "", std::move(reason));
}

std::uint64_t aligned(std::uint64_t offset) {
  return (offset + alignment - 1) / alignment * alignment;
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

/// The names of one file; only the last of them has its content with it.
class HardLinks {
 public:
  void add(const Header& header, std::size_t index, std::string_view content) {
    File& file = files_[{header[major], header[minor], header[inode]}];
    file.names.push_back(index);
    if (!content.empty()) file.content = content;
  }

  void settle(std::vector<CpioEntry>& entries) {
    for (const auto& [key, file] : files_)
      for (const std::size_t name : file.names) entries[name].content = file.content;
    files_.clear();
  }

 private:
  struct File {
    std::vector<std::size_t> names;
    std::string_view content;
  };

  std::map<std::array<std::uint32_t, 3>, File> files_;
};

class Parser {
 public:
  explicit Parser(std::string_view bytes) : bytes_(bytes) {}

  Result<CpioArchives> parse() {
    while (skip_padding() && bytes_[at_] == '0') {
      const Result<void> read = read_entry();
      if (!read) return std::unexpected(read.error());
    }
    links_.settle(archives_.entries);
    archives_.size = at_;
    return std::move(archives_);
  }

 private:
  bool skip_padding() {
    at_ = std::min(bytes_.find_first_not_of('\0', at_), bytes_.size());
    return at_ < bytes_.size();
  }

  Result<void> read_entry() {
    if (at_ % alignment != 0) return malformed("a cpio entry is not aligned");
    const auto header = parse_header(bytes_.substr(at_));
    if (!header) return std::unexpected(header.error());
    const auto path = read_path(*header);
    if (!path) return std::unexpected(path.error());
    const std::uint64_t start = aligned(at_ + header_size + (*header)[path_size]);
    const auto content = ByteReader(bytes_).slice(start, (*header)[size]);
    if (!content) return malformed("the content of a cpio entry is cut short");
    at_ = std::min<std::uint64_t>(aligned(start + content->size()), bytes_.size());
    return add(*header, *path, *content);
  }

  Result<std::string_view> read_path(const Header& header) const {
    const std::size_t length = header[path_size];
    if (length == 0 || length > longest_path)
      return malformed("a cpio entry with a path of impossible length");
    const auto path = ByteReader(bytes_).slice(at_ + header_size, length);
    if (!path || path->back() != '\0') return malformed("the path of a cpio entry is cut short");
    return path->substr(0, path->find('\0'));
  }

  Result<void> add(const Header& header, std::string_view path, std::string_view content) {
    if (path == "TRAILER!!!") {
      links_.settle(archives_.entries);
      return {};
    }
    if (archives_.entries.size() == most_cpio_entries)
      return failure(ErrorKind::too_large, "", "more than half a million cpio entries");
    const bool is_file = (header[mode] & cpio_mode::type) == cpio_mode::regular;
    if (is_file && header[links] > 1) links_.add(header, archives_.entries.size(), content);
    archives_.entries.push_back({path, header[mode], header[uid], header[gid], content});
    return {};
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  CpioArchives archives_;
  HardLinks links_;
};

}  // namespace

Result<CpioArchives> parse_cpio(std::string_view bytes) { return Parser(bytes).parse(); }

}  // namespace kmodsec
