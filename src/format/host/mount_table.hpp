// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

struct Mount {
  std::string device;  ///< Major and minor number, "8:1".
  std::string root;    ///< The folder of the file system that is mounted.
  std::string mount_point;
  std::string type;
  std::string source;
  std::string options{};  ///< Of fstab: with commas.
};

/// /proc/self/mountinfo: "ID PARENT MAJ:MIN ROOT POINT OPTIONS [TAGS…] - TYPE SOURCE OPTIONS", with
/// blanks and backslashes as octal escapes (proc(5)). Lines of another form are left out.
std::vector<Mount> parse_mountinfo(std::string_view text);

/// /etc/fstab: "SOURCE POINT TYPE OPTIONS …", with the same escapes (fstab(5)). Comments and lines
/// of another form are left out.
std::vector<Mount> parse_fstab(std::string_view text);

/// Whether a path is a folder or something in it.
bool is_below(std::string_view path, std::string_view folder);

/// What stands behind a path, however it is mounted: the file system and the place in it.
struct Origin {
  std::string device;
  std::string path;

  bool operator==(const Origin&) const = default;
};

/// The mount that covers the path tells; of several on one mount point the last is on top.
Origin origin_of(std::string_view path, const std::vector<Mount>& mounts);

}  // namespace kmodsec
