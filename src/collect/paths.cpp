// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/paths.hpp"

#include <utility>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t line_limit = 64UL * 1024;
constexpr int most_links = 40;

void push_parts(std::vector<std::string>& pending, std::string_view path) {
  const std::vector<std::string_view> parts = split(path, '/');
  pending.insert(pending.end(), parts.rbegin(), parts.rend());
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

}  // namespace

Result<std::string> read_line(const Root& root, std::string_view path) {
  auto text = root.read(path, line_limit);
  if (text && text->ends_with('\n')) text->pop_back();
  return text;
}

Result<std::string> read_text(const Root& root, std::string_view path) {
  auto line = read_line(root, path);
  if (line) *line = utf8_text(*line);
  return line;
}

Result<std::uint64_t> read_count(const Root& root, std::string_view path) {
  const auto text = read_line(root, path);
  if (!text) return std::unexpected(text.error());
  const auto value = parse_number<std::uint64_t>(trim(*text));
  if (!value) return failure(ErrorKind::malformed, std::string(path), "not a number");
  return *value;
}

bool is_folder(const Root& root, std::string_view path) {
  const auto status = root.status(path);
  return status && status->type == FileType::directory;
}

Ownership ownership_of(std::string_view path, const FileStatus& status) {
  return {utf8_text(path), status.mode, status.uid, status.gid};
}

std::vector<std::string_view> folders_once(const Root& root,
                                           std::span<const std::string_view> folders) {
  std::vector<std::string_view> once(folders.begin(), folders.end());
  const auto lib = root.link_status("/lib");
  if (lib && lib->type == FileType::link)
    std::erase_if(once, [](std::string_view folder) { return folder.starts_with("/lib/"); });
  return once;
}

Result<FollowedPath> follow(const Root& root, std::string_view path) {
  std::vector<std::string> pending;
  push_parts(pending, path);

  FollowedPath followed;
  std::string at;
  int links = 0;
  while (!pending.empty()) {
    const std::string part = std::move(pending.back());
    pending.pop_back();
    if (part == ".") continue;
    if (part == "..") {
      at = parent_of(at);
      continue;
    }
    const std::string next = at + "/" + part;
    const auto status = root.link_status(next);
    if (!status) return std::unexpected(status.error());
    if (status->type != FileType::link) {
      followed.guards.push_back(ownership_of(next, *status));
      at = next;
      continue;
    }
    const auto target = root.read_link(next);
    if (!target) return std::unexpected(target.error());
    if (++links > most_links)
      return failure(ErrorKind::malformed, utf8_text(path), "too many links");
    if (target->starts_with('/')) at.clear();
    push_parts(pending, *target);
  }
  followed.resolved = utf8_text(at);
  return followed;
}

}  // namespace kmodsec
