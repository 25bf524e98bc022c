// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/overlay_root.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace kmodsec {
namespace {

std::unexpected<Error> missing(std::string_view path) {
  return failure(ErrorKind::not_found, utf8_text(path), "no such file or directory");
}

FileType type_of(FileKind kind) {
  switch (kind) {
    case FileKind::file: return FileType::regular;
    case FileKind::link: return FileType::link;
    case FileKind::folder: return FileType::directory;
    case FileKind::absent: break;
  }
  return FileType::other;
}

class TextFile : public File {
 public:
  explicit TextFile(std::string content) : content_(std::move(content)) {}

  Result<std::string> read(std::uint64_t offset, std::size_t length) const override {
    return offset < content_.size() ? content_.substr(offset, length) : std::string{};
  }
  std::uint64_t size() const override { return content_.size(); }

 private:
  std::string content_;
};

}  // namespace

const FileState* OverlayRoot::state_at(std::string_view path) const {
  const auto found = states_.find(path);
  return found == states_.end() ? nullptr : &found->second;
}

Result<std::string> OverlayRoot::read(std::string_view path, std::size_t limit) const {
  const FileState* state = state_at(path);
  if (state == nullptr) return below_.read(path, limit);
  if (state->kind == FileKind::absent) return missing(path);
  if (state->kind != FileKind::file)
    return failure(ErrorKind::unsupported, utf8_text(path), "not a regular file");
  if (state->content.size() > limit)
    return failure(ErrorKind::too_large, utf8_text(path), "larger than the limit");
  return state->content;
}

Result<std::string> OverlayRoot::read_records(std::string_view path, std::size_t limit) const {
  return state_at(path) == nullptr ? below_.read_records(path, limit) : read(path, limit);
}

Result<std::unique_ptr<File>> OverlayRoot::open(std::string_view path) const {
  const FileState* state = state_at(path);
  if (state == nullptr) return below_.open(path);
  auto content = read(path, state->content.size());
  if (!content) return std::unexpected(content.error());
  return std::make_unique<TextFile>(std::move(*content));
}

Result<std::vector<Entry>> OverlayRoot::list(std::string_view path) const {
  const FileState* state = state_at(path);
  if (state != nullptr && state->kind != FileKind::folder) return missing(path);
  auto entries = below_.list(path);
  if (!entries && state != nullptr) entries = std::vector<Entry>{};
  if (!entries) return entries;
  const std::string start = std::string(path) + "/";
  for (auto next = states_.lower_bound(start);
       next != states_.end() && next->first.starts_with(start); ++next) {
    const std::string name = next->first.substr(start.size());
    if (name.find('/') != std::string::npos) continue;
    std::erase_if(*entries, [&](const Entry& entry) { return entry.name == name; });
    if (next->second.kind != FileKind::absent)
      entries->push_back({name, type_of(next->second.kind)});
  }
  std::ranges::sort(*entries, {}, &Entry::name);
  return entries;
}

Result<std::string> OverlayRoot::read_link(std::string_view path) const {
  const FileState* state = state_at(path);
  if (state == nullptr) return below_.read_link(path);
  if (state->kind == FileKind::absent) return missing(path);
  if (state->kind != FileKind::link)
    return failure(ErrorKind::unsupported, utf8_text(path), "not a link");
  return state->content;
}

Result<FileStatus> OverlayRoot::status(std::string_view path) const {
  return state_at(path) == nullptr ? below_.status(path) : link_status(path);
}

Result<FileStatus> OverlayRoot::link_status(std::string_view path) const {
  const FileState* state = state_at(path);
  if (state == nullptr) return below_.link_status(path);
  if (state->kind == FileKind::absent) return missing(path);
  return FileStatus{type_of(state->kind), state->content.size(), state->mode, state->uid,
                    state->gid};
}

Result<AccessLists> OverlayRoot::access_lists(std::string_view path) const {
  return state_at(path) == nullptr ? below_.access_lists(path) : AccessLists{};
}

}  // namespace kmodsec
