// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "system/descriptor.hpp"

namespace kmodsec {

/// The running system, or the folder of a tree: below it paths are opened, and no link leads out.
class ConfinedFolder {
 public:
  static Result<ConfinedFolder> open(const std::string& folder, bool running);

  /// A descriptor, or -1 and errno. Only the running system is opened without `openat2`, on a
  /// kernel that has none: there nothing is outside.
  int open_at(std::string_view path, int flags) const;

  bool is_confined() const { return confined_; }

  /// Ids as seen from inside: whoever owns the top folder of a tree stands for root.
  uid_t inner_uid(uid_t uid) const { return uid == uid_ ? 0 : uid; }
  gid_t inner_gid(gid_t gid) const { return gid == gid_ ? 0 : gid; }
  uid_t outer_uid(uid_t uid) const { return uid == 0 ? uid_ : uid; }
  gid_t outer_gid(gid_t gid) const { return gid == 0 ? gid_ : gid; }

 private:
  ConfinedFolder(Descriptor folder, uid_t uid, gid_t gid);

  int open_confined(std::string_view path, int flags) const;

  Descriptor folder_;
  uid_t uid_;
  gid_t gid_;
  bool confined_;
};

}  // namespace kmodsec
