// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/writable.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/guarded_paths.hpp"
#include "collect/hidden_files.hpp"
#include "collect/paths.hpp"
#include "collect/walk.hpp"

namespace kmodsec {
namespace {

constexpr std::uint32_t group_write = 020;
constexpr std::uint32_t other_write = 02;

class Examiner {
 public:
  explicit Examiner(const Root& root) : root_(root) {}

  void examine_below(std::string_view path) {
    const auto followed = follow(root_, path);
    if (!followed) return note(path, followed.error());
    if (!visited_.insert(followed->resolved).second) return;
    examine(followed->resolved);
    if (!is_folder(root_, followed->resolved)) return;
    std::vector<Unseen> unlisted = walk(
        root_, followed->resolved, [&](const std::string& entry, FileType) { examine(entry); });
    paths_.unseen.insert(paths_.unseen.end(), unlisted.begin(), unlisted.end());
  }

  WritablePaths take() { return std::move(paths_); }

 private:
  void examine(const std::string& path) {
    const auto status = root_.link_status(path);
    if (!status) return note(path, status.error());
    if (status->type == FileType::link) return;
    Ownership ownership = ownership_of(path, *status);
    if (others_may_write(ownership)) paths_.found.push_back(std::move(ownership));
  }

  /// What is not there cannot be written; anything else that stops us must be told.
  void note(std::string_view path, const Error& error) {
    if (error.kind == ErrorKind::not_found) return;
    std::string what = utf8_text(path);
    std::string why = error.subject == what ? error.reason : to_string(error);
    paths_.unseen.push_back({std::move(what), std::move(why)});
  }

  const Root& root_;
  std::set<std::string> visited_;
  WritablePaths paths_;
};

}  // namespace

bool others_may_write(const Ownership& ownership) {
  const bool foreign_group = ownership.gid != 0 && (ownership.mode & group_write) != 0;
  return ownership.uid != 0 || foreign_group || (ownership.mode & other_write) != 0;
}

Seen<WritablePaths> collect_writable(const Root& root) {
  if (const auto told = owners_can_be_told(root); !told) return std::unexpected(told.error());
  Examiner examiner(root);
  for (const std::string_view path : module_folders) examiner.examine_below(path);
  for (const std::string_view path : configuration_paths) examiner.examine_below(path);
  return examiner.take();
}

}  // namespace kmodsec
