// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/dpkg.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

#include "base/text.hpp"

namespace kmodsec {
namespace {

std::string_view rest_of_line(std::string_view text, std::size_t at) {
  return text.substr(at, text.find('\n', at) - at);
}

/// The line that holds the byte at `at`.
std::string_view line_at(std::string_view text, std::size_t at) {
  const std::size_t before = text.rfind('\n', at);
  return rest_of_line(text, before == std::string_view::npos ? 0 : before + 1);
}

/// Adds each line with `needle` in it; text without it is skipped at the speed of a search.
void add_lines_with(std::string_view text, std::string_view needle,
                    std::vector<std::string_view>& paths) {
  std::size_t at = text.find(needle);
  while (at != std::string_view::npos) {
    const std::string_view line = line_at(text, at);
    paths.push_back(package_path(line));
    at = text.find(needle, static_cast<std::size_t>(line.data() - text.data()) + line.size());
  }
}

/// Where the paragraph with this first line starts. The file is long, and most of it is skipped.
std::size_t find_paragraph(std::string_view text, std::string_view heading) {
  const std::boyer_moore_horspool_searcher searcher(heading.begin(), heading.end());
  auto at = std::search(text.begin(), text.end(), searcher);
  while (at != text.end() && at != text.begin() && *std::prev(at) != '\n')
    at = std::search(std::next(at), text.end(), searcher);
  return at == text.end() ? std::string_view::npos : static_cast<std::size_t>(at - text.begin());
}

}  // namespace

std::string_view package_path(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.starts_with("usr/")) path.remove_prefix(4);
  return path;
}

std::vector<std::string_view> module_paths_of_list(std::string_view list) {
  std::vector<std::string_view> paths;
  add_lines_with(list, "/modules/", paths);
  add_lines_with(list, "/src/", paths);
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

std::optional<std::string> installed_version(std::string_view status, std::string_view package) {
  constexpr std::string_view version_field = "\nVersion: ";
  std::size_t at = find_paragraph(status, "Package: " + std::string(package) + "\n");
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view entry = status.substr(at, status.find("\n\n", at) - at);
  at = entry.find(version_field);
  if (at == std::string_view::npos) return std::nullopt;
  return utf8_text(rest_of_line(entry, at + version_field.size()));
}

std::string_view package_of_info_file(std::string_view name) {
  name = name.substr(0, name.rfind('.'));
  return name.substr(0, name.find(':'));
}

}  // namespace kmodsec
