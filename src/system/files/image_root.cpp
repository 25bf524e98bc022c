// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/image_root.hpp"

#include <utility>

#include "base/path.hpp"
#include "base/text.hpp"
#include "system/files/errno_error.hpp"

namespace kmodsec {
namespace {

constexpr int most_links = 40;
constexpr std::size_t most_nodes = 1'000'000;
constexpr std::size_t most_steps = 5'000'000;
constexpr FileStatus plain_folder = {FileType::directory, 0, 0755, 0, 0};

class SharedFile : public File {
 public:
  explicit SharedFile(SharedBytes content) : content_(std::move(content)) {}

  Result<std::string> read(std::uint64_t offset, std::size_t length) const override {
    if (offset >= content_.size()) return std::string{};
    return std::string(content_.view().substr(offset, length));
  }
  std::uint64_t size() const override { return content_.size(); }

 private:
  SharedBytes content_;
};

/// The parts of a path that are still to go.
class Journey {
 public:
  explicit Journey(std::string_view path) { detour(path); }

  void detour(std::string_view path) {
    const std::vector<std::string_view> parts = split(path, '/');
    pending_.insert(pending_.end(), parts.rbegin(), parts.rend());
  }

  bool is_over() const { return pending_.empty(); }

  std::string_view next() {
    const std::string_view part = pending_.back();
    pending_.pop_back();
    return part;
  }

 private:
  std::vector<std::string_view> pending_;
};

std::string_view without_last_slashes(std::string_view path) {
  return path.substr(0, path.find_last_not_of('/') + 1);
}

bool names_a_folder(std::string_view name) { return name.empty() || name == "." || name == ".."; }

}  // namespace

ImageRoot::ImageRoot(Budget* budget) : budget_(budget), nodes_(1, Node{plain_folder, {}, 0, {}}) {}

/// Calls `missing(folder, name)` for what is not there; it may add that.
template <class Missing>
Result<ImageRoot::Index> ImageRoot::walk(std::string_view path, LastLink last, std::size_t& steps,
                                         Missing missing) const {
  Journey journey(path);
  Index at = 0;
  int links = 0;
  while (!journey.is_over()) {
    if (nodes_[at].status.type != FileType::directory) return errno_error(path, ENOTDIR);
    if (++steps > most_steps) return errno_error(path, EFBIG);
    const std::string_view part = journey.next();
    if (part == ".") continue;
    if (part == "..") {
      at = nodes_[at].parent;
      continue;
    }
    const auto child = nodes_[at].children.find(part);
    const Result<Index> next =
        child != nodes_[at].children.end() ? child->second : missing(at, part);
    if (!next) return next;
    const Node& node = nodes_[*next];
    const bool follow = last == LastLink::followed || !journey.is_over();
    if (node.status.type != FileType::link || !follow) {
      at = *next;
      continue;
    }
    if (++links > most_links) return errno_error(path, ELOOP);
    if (node.content.view().starts_with('/')) at = 0;
    journey.detour(node.content.view());
  }
  return at;
}

Result<ImageRoot::Index> ImageRoot::find(std::string_view path, LastLink last) const {
  std::size_t steps = 0;
  const auto missing = [&](Index, std::string_view) -> Result<Index> {
    return errno_error(path, ENOENT);
  };
  return walk(path, last, steps, missing);
}

Result<SharedBytes> ImageRoot::find_content(std::string_view path, std::size_t limit) const {
  const auto index = find(path, LastLink::followed);
  if (!index) return std::unexpected(index.error());
  const auto& [status, content, parent, children] = nodes_[*index];
  if (status.type != FileType::regular)
    return failure(ErrorKind::unsupported, utf8_text(path), "not a regular file");
  if (status.size > limit)
    return failure(ErrorKind::too_large, utf8_text(path), "larger than the limit");
  if (content.size() != status.size)
    return failure(ErrorKind::io, utf8_text(path), "its content was not kept");
  return content;
}

Result<ImageRoot::Index> ImageRoot::folder_for(std::string_view path) {
  path.remove_suffix(file_name(path).size());
  return walk(path, LastLink::followed, steps_, [&](Index folder, std::string_view name) {
    return add_child(folder, name, {plain_folder, {}, folder, {}});
  });
}

Result<ImageRoot::Index> ImageRoot::add_child(Index folder, std::string_view name, Node node) {
  if (nodes_.size() == most_nodes) return errno_error(name, EFBIG);
  const Index index = nodes_.size();
  nodes_.push_back(std::move(node));
  nodes_[folder].children.emplace(name, index);
  return index;
}

Result<void> ImageRoot::replace(Index index, std::string_view path, Node node) {
  Node& there = nodes_[index];
  if (there.status.type == FileType::directory && node.status.type == FileType::directory) {
    there.status = node.status;
    return {};
  }
  if (index == 0 || !there.children.empty()) return errno_error(path, EISDIR);
  there = std::move(node);
  return {};
}

Result<void> ImageRoot::add(std::string_view path, const FileStatus& status,
                            const SharedBytes& content) {
  path = without_last_slashes(path);
  const auto folder = folder_for(path);
  if (!folder) return std::unexpected(folder.error());
  Node node{status, content, *folder, {}};
  if (content.size() > 0) node.status.size = content.size();

  const std::string_view name = file_name(path);
  if (names_a_folder(name)) {
    const auto named = find(path, LastLink::followed);
    return named ? replace(*named, path, std::move(node)) : std::unexpected(named.error());
  }
  if (nodes_[*folder].status.type != FileType::directory) return errno_error(path, ENOTDIR);
  const auto there = nodes_[*folder].children.find(name);
  if (there != nodes_[*folder].children.end()) return replace(there->second, path, std::move(node));
  const auto added = add_child(*folder, name, std::move(node));
  if (!added) return std::unexpected(added.error());
  return {};
}

Result<std::string> ImageRoot::read(std::string_view path, std::size_t limit) const {
  const auto content = find_content(path, limit);
  if (!content) return std::unexpected(content.error());
  return std::string(content->view());
}

Result<std::string> ImageRoot::read_records(std::string_view path, std::size_t limit) const {
  return read(path, limit);
}

Result<std::unique_ptr<File>> ImageRoot::open(std::string_view path) const {
  auto content = find_content(path, SIZE_MAX);
  if (!content) return std::unexpected(content.error());
  return std::make_unique<SharedFile>(std::move(*content));
}

Result<std::vector<Entry>> ImageRoot::list(std::string_view path) const {
  const auto folder = find(path, LastLink::followed);
  if (!folder) return std::unexpected(folder.error());
  if (nodes_[*folder].status.type != FileType::directory) return errno_error(path, ENOTDIR);
  std::vector<Entry> entries;
  for (const auto& [name, index] : nodes_[*folder].children)
    entries.push_back({name, nodes_[index].status.type});
  return entries;
}

Result<std::string> ImageRoot::read_link(std::string_view path) const {
  const auto index = find(path, LastLink::seen);
  if (!index) return std::unexpected(index.error());
  const Node& node = nodes_[*index];
  if (node.status.type != FileType::link) return errno_error(path, EINVAL);
  return std::string(node.content.view());
}

Result<FileStatus> ImageRoot::status(std::string_view path) const {
  const auto index = find(path, LastLink::followed);
  if (!index) return std::unexpected(index.error());
  return nodes_[*index].status;
}

Result<FileStatus> ImageRoot::link_status(std::string_view path) const {
  const auto index = find(path, LastLink::seen);
  if (!index) return std::unexpected(index.error());
  return nodes_[*index].status;
}

}  // namespace kmodsec
