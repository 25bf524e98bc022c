// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/dpkg.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view folders[] = {"lib/modules/",
                                        "src/",
                                        "boot/",
                                        "etc/modprobe.d/",
                                        "lib/modprobe.d/",
                                        "etc/modules-load.d/",
                                        "lib/modules-load.d/",
                                        "etc/depmod.d/",
                                        "lib/depmod.d/",
                                        "etc/modules"};

std::string_view rest_of_line(std::string_view text, std::size_t at) {
  return text.substr(at, text.find('\n', at) - at);
}

/// Where the paragraph with this first line starts. The file is long, and most of it is skipped.
std::size_t find_paragraph(std::string_view text, const std::string& heading) {
  if (text.starts_with(heading)) return 0;
  const std::size_t before = text.find("\n" + heading);
  return before == std::string_view::npos ? before : before + 1;
}

}  // namespace

std::string_view package_path(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.starts_with("usr/")) path.remove_prefix(4);
  return path;
}

std::vector<std::string_view> module_paths_of_list(std::string_view list) {
  std::vector<std::string_view> paths;
  for_each_line(list, [&](std::string_view line, std::size_t) {
    const std::string_view path = package_path(line);
    if (std::ranges::any_of(folders, [&](auto folder) { return path.starts_with(folder); }))
      paths.push_back(path);
  });
  return paths;
}

std::vector<std::string_view> paths_of_list(std::string_view list) {
  std::vector<std::string_view> paths;
  for_each_line(list, [&](std::string_view line, std::size_t) {
    if (!line.empty()) paths.push_back(package_path(line));
  });
  return paths;
}

std::unordered_map<std::string_view, std::string_view> parse_md5sums(std::string_view sums) {
  constexpr std::size_t digest_size = 32;
  constexpr std::size_t path_at = digest_size + 2;
  std::unordered_map<std::string_view, std::string_view> digests;
  for_each_line(sums, [&](std::string_view line, std::size_t) {
    if (line.size() > path_at)
      digests.try_emplace(package_path(line.substr(path_at)), line.substr(0, digest_size));
  });
  return digests;
}

std::string_view status_entry_of(std::string_view status, std::string_view package) {
  const std::size_t at = find_paragraph(status, "Package: " + std::string(package) + "\n");
  if (at == std::string_view::npos) return {};
  return status.substr(at, status.find("\n\n", at) - at);
}

std::unordered_map<std::string_view, std::string_view> conffiles_of(std::string_view status,
                                                                    std::string_view package) {
  constexpr std::string_view field = "\nConffiles:\n";
  std::unordered_map<std::string_view, std::string_view> digests;
  const std::string_view entry = status_entry_of(status, package);
  const std::size_t at = entry.find(field);
  if (at == std::string_view::npos) return digests;
  bool ended = false;
  for_each_line(entry.substr(at + field.size()), [&](std::string_view line, std::size_t) {
    ended = ended || !line.starts_with(' ');
    const std::vector<std::string_view> words = split_words(line);
    if (!ended && words.size() >= 2) digests.try_emplace(package_path(words[0]), words[1]);
  });
  return digests;
}

std::optional<std::string> installed_version(std::string_view status, std::string_view package) {
  constexpr std::string_view version_field = "\nVersion: ";
  const std::string_view entry = status_entry_of(status, package);
  const std::size_t at = entry.find(version_field);
  if (at == std::string_view::npos) return std::nullopt;
  return utf8_text(rest_of_line(entry, at + version_field.size()));
}

std::string_view package_of_info_file(std::string_view name) {
  name = name.substr(0, name.rfind('.'));
  return name.substr(0, name.find(':'));
}

}  // namespace kmodsec
