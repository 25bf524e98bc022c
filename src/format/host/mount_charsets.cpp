// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/mount_charsets.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t longest_charset = 32;
constexpr auto with_charset =
    std::to_array<std::string_view>({"vfat", "msdos", "iso9660", "udf", "exfat", "ntfs", "ntfs3",
                                     "cifs", "smb3", "hfs", "hfsplus", "jfs", "befs", "affs"});
constexpr std::array<std::string_view, 3> defaults = {"utf8", "ascii", "iso8859-1"};
constexpr std::string_view default_codepage = "cp437";

bool is_charset(std::string_view name) {
  return !name.empty() && name.size() <= longest_charset &&
         std::ranges::all_of(
             name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; });
}

/// The charset that an option names; empty where it names none. A code page is a number.
std::string charset_of(std::string_view option) {
  const auto equals = option.find('=');
  if (equals == std::string_view::npos) return {};
  const std::string_view key = option.substr(0, equals);
  const std::string_view value = option.substr(equals + 1);
  if (!is_charset(value)) return {};
  if (key == "iocharset" || key == "nls") return std::string(value);
  if (key != "codepage") return {};
  return value.starts_with("cp") ? std::string(value) : fmt::format("cp{}", value);
}

}  // namespace

std::vector<std::string> charsets_of_mount(std::string_view type, std::string_view options) {
  std::vector<std::string> modules;
  const auto add = [&](std::string_view charset) {
    if (!charset.empty()) modules.push_back(fmt::format("nls_{}", charset));
  };
  if (std::ranges::find(with_charset, type) == with_charset.end()) return modules;
  std::ranges::for_each(defaults, add);
  if (type == "vfat" || type == "msdos") add(default_codepage);
  for (const std::string_view option : split(options, ',')) add(charset_of(option));
  return modules;
}

}  // namespace kmodsec
