// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/memory_root.hpp"

#include "base/text.hpp"
#include "system/errno_error.hpp"

namespace kmodsec::test {
namespace {

constexpr int most_links = 40;

class StringFile : public File {
 public:
  explicit StringFile(std::string content) : content_(std::move(content)) {}

  Result<std::string> read(std::uint64_t offset, std::size_t length) const override {
    if (offset >= content_.size()) return std::string{};
    return content_.substr(offset, length);
  }
  std::uint64_t size() const override { return content_.size(); }

 private:
  std::string content_;
};

std::string parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string_view::npos ? "" : std::string(path.substr(0, slash));
}

}  // namespace

void MemoryRoot::add_parents(const std::string& path) {
  for (std::string folder = parent_of(path); !folder.empty(); folder = parent_of(folder))
    nodes_.try_emplace(folder, Node{{FileType::directory, 0, 0755, 0, 0}, {}});
  nodes_.try_emplace("", Node{{FileType::directory, 0, 0755, 0, 0}, {}});
}

void MemoryRoot::add_file(const std::string& path, std::string content, std::uint32_t mode,
                          std::uint32_t uid) {
  add_parents(path);
  const std::uint64_t size = content.size();
  nodes_[path] = Node{{FileType::regular, size, mode, uid, uid}, std::move(content)};
}

void MemoryRoot::add_folder(const std::string& path, std::uint32_t mode, std::uint32_t uid) {
  add_parents(path);
  nodes_[path] = Node{{FileType::directory, 0, mode, uid, uid}, {}};
}

void MemoryRoot::add_link(const std::string& path, std::string target) {
  add_parents(path);
  nodes_[path] = Node{{FileType::link, target.size(), 0777, 0, 0}, std::move(target)};
}

Result<std::string> MemoryRoot::resolve(std::string_view path, bool follow_last) const {
  std::vector<std::string> pending;
  const auto push = [&](std::string_view text) {
    std::vector<std::string_view> parts = split(text, '/');
    pending.insert(pending.end(), parts.rbegin(), parts.rend());
  };
  push(path);

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
    const auto node = nodes_.find(next);
    if (node == nodes_.end()) return errno_error(path, ENOENT);
    const bool follow =
        node->second.status.type == FileType::link && (follow_last || !pending.empty());
    if (!follow) {
      at = next;
      continue;
    }
    if (++links > most_links) return errno_error(path, ELOOP);
    if (node->second.content.starts_with('/')) at.clear();
    push(node->second.content);
  }
  return at;
}

Result<const MemoryRoot::Node*> MemoryRoot::find(std::string_view path, bool follow_last) const {
  const auto resolved = resolve(path, follow_last);
  if (!resolved) return std::unexpected(resolved.error());
  const auto node = nodes_.find(*resolved);
  if (node == nodes_.end()) return errno_error(path, ENOENT);
  return &node->second;
}

Result<std::string> MemoryRoot::read(std::string_view path, std::size_t limit) const {
  const auto node = find(path, true);
  if (!node) return std::unexpected(node.error());
  if ((*node)->status.type != FileType::regular)
    return failure(ErrorKind::unsupported, utf8_text(path), "not a regular file");
  if ((*node)->content.size() > limit)
    return failure(ErrorKind::too_large, utf8_text(path), "larger than the limit");
  return (*node)->content;
}

Result<std::string> MemoryRoot::read_records(std::string_view path, std::size_t limit) const {
  return read(path, limit);
}

Result<std::unique_ptr<File>> MemoryRoot::open(std::string_view path) const {
  auto content = read(path, SIZE_MAX);
  if (!content) return std::unexpected(content.error());
  return std::make_unique<StringFile>(std::move(*content));
}

Result<std::vector<Entry>> MemoryRoot::list(std::string_view path) const {
  const auto folder = resolve(path, true);
  if (!folder) return std::unexpected(folder.error());
  const auto node = nodes_.find(*folder);
  if (node == nodes_.end()) return errno_error(path, ENOENT);
  if (node->second.status.type != FileType::directory) return errno_error(path, ENOTDIR);

  std::vector<Entry> entries;
  const std::string prefix = *folder + "/";
  for (auto it = nodes_.upper_bound(prefix); it != nodes_.end() && it->first.starts_with(prefix);
       ++it) {
    std::string name = it->first.substr(prefix.size());
    if (name.find('/') == std::string::npos)
      entries.push_back({std::move(name), it->second.status.type});
  }
  return entries;
}

Result<std::string> MemoryRoot::read_link(std::string_view path) const {
  const auto node = find(path, false);
  if (!node) return std::unexpected(node.error());
  if ((*node)->status.type != FileType::link) return errno_error(path, EINVAL);
  return (*node)->content;
}

Result<FileStatus> MemoryRoot::status(std::string_view path) const {
  const auto node = find(path, true);
  if (!node) return std::unexpected(node.error());
  return (*node)->status;
}

Result<FileStatus> MemoryRoot::link_status(std::string_view path) const {
  const auto node = find(path, false);
  if (!node) return std::unexpected(node.error());
  return (*node)->status;
}

}  // namespace kmodsec::test
