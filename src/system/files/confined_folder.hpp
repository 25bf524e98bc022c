// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "system/files/descriptor.hpp"

namespace kmodsec {

/// The running system, or the folder of a tree: below it paths are opened, and no link leads out.
class ConfinedFolder {
 public:
  static Result<ConfinedFolder> open(const std::string& folder, bool running);

  /// Only the running system is opened without `openat2`, on a kernel that has none: there nothing
  /// is outside. `denied` in a tree when the kernel of this host answers: its /proc or /sys is
  /// mounted there, and what it says is nothing about the tree.
  Result<Descriptor> open_at(std::string_view path, int flags) const;

  bool is_confined() const { return confined_; }

  /// Ids as seen from inside: whoever owns the top folder of a tree stands for root.
  uid_t inner_uid(uid_t uid) const { return uid == uid_ ? 0 : uid; }
  gid_t inner_gid(gid_t gid) const { return gid == gid_ ? 0 : gid; }

  /// Who gets what is written, in the ids outside. In a tree it is the owner of its top folder,
  /// whatever the ids inside say.
  uid_t owner_of_new(uid_t uid) const { return running_ ? uid : uid_; }
  gid_t group_of_new(gid_t gid) const { return running_ ? gid : gid_; }

  /// Whether somebody's file may be copied to where the owner of the tree can read it.
  bool may_hand_out(uid_t owner) const { return running_ || owner == uid_; }

 private:
  ConfinedFolder(Descriptor folder, uid_t uid, gid_t gid, bool running);

  int open_confined(std::string_view path, int flags) const;
  std::optional<std::string_view> who_answers(const Descriptor& fd, std::string_view path,
                                              int failed) const;
  Result<void> is_no_device(std::string_view path, int flags) const;

  Descriptor folder_;
  uid_t uid_;
  gid_t gid_;
  bool running_;
  bool confined_;
};

/// "/proc" or the like when the descriptor is of a file system that the kernel itself fills.
std::optional<std::string_view> kernel_file_system_of(int fd);

}  // namespace kmodsec
