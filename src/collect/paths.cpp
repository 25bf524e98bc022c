// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/paths.hpp"

#include <ranges>
#include <utility>

#include "base/text.hpp"
#include "collect/host/ownership.hpp"

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

std::vector<std::string_view> folders_once(const Root& root,
                                           std::span<const std::string_view> folders) {
  std::vector<std::string_view> once(folders.begin(), folders.end());
  const auto lib = root.link_status("/lib");
  if (lib && lib->type == FileType::link)
    std::erase_if(once, [](std::string_view folder) { return folder.starts_with("/lib/"); });
  return once;
}

namespace {

/// Goes one path, from link to link.
class Traveller {
 public:
  Traveller(const Root& root, std::string_view path, std::vector<Ownership>& owners)
      : root_(root), path_(path), owners_(owners) {
    push_parts(pending_, path);
  }

  Result<std::string> travel() {
    if (const auto top = root_.link_status("/")) owners_.push_back(ownership_of(root_, "/", *top));
    while (!pending_.empty()) {
      const std::string part = std::move(pending_.back());
      pending_.pop_back();
      if (part == ".") continue;
      if (part == "..") {
        at_ = parent_of(at_);
        continue;
      }
      if (auto stepped = step(at_ + "/" + part); !stepped) return std::unexpected(stepped.error());
    }
    return at_.empty() ? "/" : at_;
  }

 private:
  Result<void> step(const std::string& next) {
    const auto status = root_.link_status(next);
    if (!status) return std::unexpected(with_rest_of_way(status.error(), next));
    if (status->type != FileType::link) {
      const bool is_device_behind_a_link = status->type == FileType::other && links_ > 0;
      if (!is_device_behind_a_link) owners_.push_back(ownership_of(root_, next, *status));
      at_ = next;
      return {};
    }
    const auto target = root_.read_link(next);
    if (!target) return std::unexpected(target.error());
    if (++links_ > most_links)
      return failure(ErrorKind::malformed, utf8_text(path_), "too many links");
    if (target->starts_with('/')) at_.clear();
    push_parts(pending_, *target);
    return {};
  }

  /// What is not there is named as a whole.
  Error with_rest_of_way(Error error, std::string missing) const {
    if (error.kind != ErrorKind::not_found) return error;
    for (const std::string& part : std::ranges::reverse_view(pending_)) missing += "/" + part;
    error.subject = utf8_text(missing);
    return error;
  }

  const Root& root_;
  std::string_view path_;
  std::vector<Ownership>& owners_;
  std::vector<std::string> pending_;
  std::string at_;
  int links_ = 0;
};

}  // namespace

Way way_to(const Root& root, std::string_view path) {
  Way way;
  way.end = Traveller(root, path, way.owners).travel();
  return way;
}

Result<FollowedPath> follow(const Root& root, std::string_view path) {
  Way way = way_to(root, path);
  if (!way.end) return std::unexpected(way.end.error());
  return FollowedPath{std::move(*way.end), std::move(way.owners)};
}

}  // namespace kmodsec
