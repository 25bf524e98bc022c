// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/rpm_header.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include <fmt/format.h>

#include "base/byte_reader.hpp"
#include "base/text.hpp"
#include "base/utc_time.hpp"

namespace kmodsec {
namespace {

enum Tag : std::uint32_t {
  tag_name = 1000,
  tag_version = 1001,
  tag_release = 1002,
  tag_epoch = 1003,
  tag_install_time = 1008,
  tag_file_states = 1029,
  tag_file_modes = 1030,
  tag_changelog_times = 1080,
  tag_changelog_names = 1081,
  tag_changelog_texts = 1082,
  tag_file_digests = 1035,
  tag_folder_of_file = 1116,
  tag_file_names = 1117,
  tag_folders = 1118,
  tag_digest_algorithm = 5011,
};

enum Type : std::uint32_t {
  type_char = 1,
  type_int8 = 2,
  type_int16 = 3,
  type_int32 = 4,
  type_string = 6,
  type_strings = 8,
  type_translated = 9,
};

constexpr std::size_t most_changelog = 64UL * 1024 * 1024;
constexpr std::uint32_t sha256_algorithm = 8;
constexpr std::size_t sha256_hex_size = 64;
constexpr std::uint8_t state_normal = 0;

/// As rpm itself bounds a header (rpm: lib/header.c, hdrchkTags and hdrchkData).
constexpr std::uint32_t most_entries = 0xFFFF;
constexpr std::uint32_t most_data = 0x0FFFFFFF;
constexpr std::uint64_t entries_at = 8;
constexpr std::uint64_t index_entry_size = 16;

std::unexpected<Error> malformed(const char* reason) {
  return failure(ErrorKind::malformed, "", reason);
}

template <class T>
constexpr bool fits_type(std::uint32_t type) {
  if constexpr (sizeof(T) == 1) return type == type_char || type == type_int8;
  return type == (sizeof(T) == 2 ? type_int16 : type_int32);
}

/// stat(2): S_ISLNK.
bool is_link(std::uint16_t mode) {
  constexpr unsigned type = 0170000;
  constexpr unsigned link = 0120000;
  return (mode & type) == link;
}

std::string sha256_of(std::string_view digest, bool is_sha256) {
  return is_sha256 && digest.size() == sha256_hex_size ? utf8_text(digest) : std::string{};
}

/// Behind its author an entry may name a version: "A <a@b> [5.14.0-503.14.1.el9_5]", "A <a@b>
/// - 6.12-1".
std::string version_of_entry(std::string_view name, std::string_view otherwise) {
  const std::size_t author_end = name.rfind('>');
  if (author_end == std::string_view::npos) return std::string(otherwise);
  std::string_view version = trim(name.substr(author_end + 1));
  if (version.starts_with('-') || version.starts_with('[')) version.remove_prefix(1);
  if (version.ends_with(']')) version.remove_suffix(1);
  return version.empty() ? std::string(otherwise) : utf8_text(trim(version));
}

}  // namespace

Result<RpmHeader> RpmHeader::parse(std::string_view bytes) {
  const ByteReader reader(bytes, std::endian::big);
  const auto entries = reader.integer<std::uint32_t>(0);
  const auto size = reader.integer<std::uint32_t>(4);
  if (!size || *entries > most_entries || *size > most_data)
    return malformed("not a header of rpm");
  const auto data = reader.slice(entries_at + *entries * index_entry_size, *size);
  if (!data) return malformed("a header of rpm that is cut");
  RpmHeader header;
  header.data_ = *data;
  for (std::uint64_t at = entries_at; at < entries_at + *entries * index_entry_size;
       at += index_entry_size) {
    const Entry entry{*reader.integer<std::uint32_t>(at + 4),
                      *reader.integer<std::uint32_t>(at + 8),
                      *reader.integer<std::uint32_t>(at + 12)};
    header.entries_.insert_or_assign(*reader.integer<std::uint32_t>(at), entry);
  }
  if (!header.text(tag_name)) return malformed("a header of rpm without a name");
  return header;
}

std::optional<std::string_view> RpmHeader::text(std::uint32_t tag) const {
  const auto found = entries_.find(tag);
  if (found == entries_.end()) return std::nullopt;
  const bool is_text = found->second.type == type_string || found->second.type == type_translated;
  return is_text ? ByteReader(data_).c_string(found->second.offset) : std::nullopt;
}

std::optional<std::vector<std::string_view>> RpmHeader::texts(std::uint32_t tag) const {
  const auto found = entries_.find(tag);
  if (found == entries_.end() || found->second.type != type_strings) return std::nullopt;
  std::vector<std::string_view> list;
  std::uint64_t at = found->second.offset;
  for (std::uint32_t i = 0; i < found->second.count; ++i) {
    const auto piece = ByteReader(data_).c_string(at);
    if (!piece) return std::nullopt;
    list.push_back(*piece);
    at += piece->size() + 1;
  }
  return list;
}

template <class T>
std::optional<std::vector<T>> RpmHeader::numbers(std::uint32_t tag) const {
  const auto found = entries_.find(tag);
  if (found == entries_.end()) return std::nullopt;
  const Entry& entry = found->second;
  const bool fits = fits_type<T>(entry.type);
  const auto bytes = ByteReader(data_).slice(entry.offset, std::uint64_t{entry.count} * sizeof(T));
  if (!fits || !bytes) return std::nullopt;
  const ByteReader reader(*bytes, std::endian::big);
  std::vector<T> list;
  for (std::uint32_t i = 0; i < entry.count; ++i)
    list.push_back(*reader.integer<T>(std::uint64_t{i} * sizeof(T)));
  return list;
}

std::string RpmHeader::name() const { return utf8_text(text(tag_name).value_or("")); }

std::string RpmHeader::version() const {
  const auto epoch = numbers<std::uint32_t>(tag_epoch);
  const std::string prefix = epoch && !epoch->empty() ? std::to_string(epoch->front()) + ":" : "";
  return prefix + utf8_text(text(tag_version).value_or("")) + "-" +
         utf8_text(text(tag_release).value_or(""));
}

std::optional<std::int64_t> RpmHeader::install_time() const {
  const auto times = numbers<std::uint32_t>(tag_install_time);
  if (!times || times->empty()) return std::nullopt;
  return times->front();
}

std::string RpmHeader::changelog() const {
  const std::vector<std::string_view> none;
  const auto names = texts(tag_changelog_names).value_or(none);
  const auto entries = texts(tag_changelog_texts).value_or(none);
  const auto times = numbers<std::uint32_t>(tag_changelog_times);
  std::string log;
  for (std::size_t i = 0; i < std::min(names.size(), entries.size()); ++i) {
    log += fmt::format("{} ({})\n", name(), version_of_entry(names[i], version()));
    for_each_line(entries[i], [&](std::string_view line, std::size_t) {
      if (log.size() < most_changelog) log += fmt::format("  {}\n", trim(line));
    });
    if (times && i < times->size())
      log += fmt::format(" -- {}\n", utc_date((*times)[i]).substr(0, 4));
  }
  return log;
}

Result<std::vector<RpmFile>> RpmHeader::files(const WantedFolder& wanted) const {
  std::vector<RpmFile> files;
  if (!entries_.contains(tag_file_names)) return files;
  const auto folders = texts(tag_folders);
  if (!folders) return malformed("a package of rpm whose files have no folders");
  std::vector<bool> is_wanted;
  for (const std::string_view folder : *folders) is_wanted.push_back(wanted(folder));
  if (std::ranges::find(is_wanted, true) == is_wanted.end()) return files;

  const auto names = texts(tag_file_names);
  const auto folder_of = numbers<std::uint32_t>(tag_folder_of_file);
  if (!names || !folder_of || folder_of->size() != names->size())
    return malformed("a package of rpm whose lists of files do not fit");
  const auto digests = texts(tag_file_digests).value_or(std::vector<std::string_view>{});
  const auto states = numbers<std::uint8_t>(tag_file_states).value_or(std::vector<std::uint8_t>{});
  const auto modes = numbers<std::uint16_t>(tag_file_modes).value_or(std::vector<std::uint16_t>{});
  const auto algorithm = numbers<std::uint32_t>(tag_digest_algorithm);
  const bool is_sha256 = algorithm && !algorithm->empty() && algorithm->front() == sha256_algorithm;
  for (std::size_t i = 0; i < names->size(); ++i) {
    const std::size_t folder = folder_of->at(i);
    if (folder >= folders->size()) return malformed("a file of rpm in a folder that is not there");
    if (!is_wanted[folder] || (i < states.size() && states[i] != state_normal)) continue;
    const std::string_view digest = i < digests.size() ? digests[i] : std::string_view{};
    files.push_back({.path = utf8_text(folders->at(folder)) + utf8_text(names->at(i)),
                     .sha256 = sha256_of(digest, is_sha256),
                     .is_link = i < modes.size() && is_link(modes[i])});
  }
  return files;
}

}  // namespace kmodsec
