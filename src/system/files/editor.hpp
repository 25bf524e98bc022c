// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/file_state.hpp"
#include "base/result.hpp"
#include "system/files/confined_folder.hpp"

namespace kmodsec {

/// All writing to a machine. Each change is whole or not at all, and on the disk when the call
/// returns: a temporary file in the same folder, synced, renamed over the old one, the folder
/// synced. No link of a tree leads out of it, nothing in it gets another owner than its top folder
/// has, and nothing anywhere a set-id mode.
class Editor {
 public:
  static Result<Editor> open_running_system();

  /// `unsupported` on a kernel without `openat2`, without which links could lead out.
  static Result<Editor> open_tree(const std::string& folder);

  /// What stands at the path itself: a link is a link. The content of a file longer than `limit`
  /// bytes is `too_large`; `unsupported` when it is neither file, link nor folder.
  Result<FileState> state(const std::string& path, std::size_t limit) const;

  /// The same without the content of a file.
  Result<FileState> status(const std::string& path) const;

  /// Makes the path what is wanted, and takes away what an interrupted call has left beside it. A
  /// folder that is not empty is not removed, and stays.
  Result<void> put(const std::string& path, const FileState& wanted) const;

  /// A file with the bytes of another one, which has to be a regular file and, in a tree, of the
  /// owner of the tree.
  Result<void> put_copy(const std::string& path, const FileState& like,
                        const std::string& source) const;

  /// Over what stands at `to`; both in one file system.
  Result<void> rename(const std::string& from, const std::string& to) const;

  /// The plain files of a folder, but for one of this name; nothing when there is no folder. A link
  /// at its place is an error.
  Result<void> remove_files(const std::string& path, std::string_view kept) const;

  /// A folder of plain files with all that is in it; nothing when there is none.
  Result<void> remove_folder(const std::string& path) const;

  /// A lock on a file that is made for it, until the descriptor is closed by this process and by
  /// every program that it has started. `denied` when somebody else still holds it when `patience`
  /// is over.
  Result<Descriptor> lock(const std::string& path, std::chrono::seconds patience = {}) const;

  /// Whether somebody else holds that lock now. A file that cannot be opened is no lock.
  bool is_locked(const std::string& path) const;

 private:
  using Fill = std::function<Result<void>(int fd)>;

  explicit Editor(ConfinedFolder folder) : folder_(std::move(folder)) {}

  Result<void> settle_new_folder(const Descriptor& parent, const std::string& path,
                                 std::uint32_t mode) const;
  Result<void> settle_new_link(const Descriptor& parent, const std::string& path) const;
  Result<Descriptor> parent_of(const std::string& path) const;
  Result<Descriptor> open_source(const std::string& path) const;
  Result<void> put_file(const std::string& path, const FileState& like, const Fill& fill) const;
  Result<void> put_link(const std::string& path, const std::string& target) const;
  Result<void> make_folder(const std::string& path, std::uint32_t mode) const;
  Result<void> remove(const std::string& path) const;
  Result<void> set_owner_and_mode(int fd, const std::string& path, const FileState& like) const;

  ConfinedFolder folder_;
};

}  // namespace kmodsec
