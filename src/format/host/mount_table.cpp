// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/mount_table.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t device_field = 2;
constexpr std::size_t root_field = 3;
constexpr std::size_t mount_point_field = 4;
constexpr std::size_t first_tag_field = 6;
constexpr std::size_t options_field = 3;  // of fstab

std::string decode_octal(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    const bool escape = text.front() == '\\' && text.size() >= 4;
    const auto value = escape ? parse_number<unsigned>(text.substr(1, 3), 8) : std::nullopt;
    bytes += value ? static_cast<char>(*value) : text.front();
    text.remove_prefix(value ? 4 : 1);
  }
  return utf8_text(bytes);
}

/// A folder as the start of what is below it: without the slash that only "/" ends with.
std::string_view stem(std::string_view folder) { return folder == "/" ? "" : folder; }

}  // namespace

std::vector<Mount> parse_mountinfo(std::string_view text) {
  std::vector<Mount> mounts;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = split_words(line);
    if (words.size() <= first_tag_field) return;
    const auto dash = std::find(words.begin() + first_tag_field, words.end(), "-");
    if (words.end() - dash < 3) return;
    mounts.push_back({utf8_text(words[device_field]), decode_octal(words[root_field]),
                      decode_octal(words[mount_point_field]), decode_octal(dash[1]),
                      decode_octal(dash[2])});
  });
  return mounts;
}

std::vector<Mount> parse_fstab(std::string_view text) {
  std::vector<Mount> mounts;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = split_words(line);
    if (words.size() < 3 || words[0].starts_with('#')) return;
    const std::string options =
        words.size() > options_field ? decode_octal(words[options_field]) : "";
    for (const std::string_view type : split(words[2], ','))
      mounts.push_back(
          {"", "/", decode_octal(words[1]), decode_octal(type), decode_octal(words[0]), options});
  });
  return mounts;
}

bool is_below(std::string_view path, std::string_view folder) {
  const std::string_view start = stem(folder);
  return path.starts_with(start) && (path.size() == start.size() || path[start.size()] == '/');
}

Origin origin_of(std::string_view path, const std::vector<Mount>& mounts) {
  const Mount* covering = nullptr;
  for (const Mount& mount : mounts) {
    const bool nearer =
        covering == nullptr || mount.mount_point.size() >= covering->mount_point.size();
    if (nearer && is_below(path, mount.mount_point)) covering = &mount;
  }
  if (covering == nullptr) return {};
  const std::string_view below = path.substr(stem(covering->mount_point).size());
  std::string place = std::string(stem(covering->root)) + std::string(below);
  return {covering->device, place.empty() ? "/" : std::move(place)};
}

}  // namespace kmodsec
