// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.hpp"
#include "base/result.hpp"

namespace kmodsec {

enum class FileType { regular, directory, link, other };

/// Which device a node stands for.
struct DeviceNumber {
  char type = 0;  ///< 'c' or 'b'; 0 for a file that is no device node.
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
};

/// What `stat` says of a file. Sizes are in bytes, mode bits are raw. In a captured tree the owner
/// of its top folder stands for root, as whoever unpacked it owns what root owned.
struct FileStatus {
  FileType type = FileType::other;
  std::uint64_t size = 0;
  std::uint32_t mode = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  DeviceNumber device;
  std::uint64_t inode = 0;  ///< In an archive: which of its entries, from 0. Else not read.
};

/// Extended attributes that let others than a mode tells write a file, raw; see acl(5).
struct AccessLists {
  std::string access;     ///< system.posix_acl_access; empty where there is none.
  std::string inherited;  ///< system.posix_acl_default, which new files of a folder get.
  std::vector<std::string> of_other_kinds;  ///< Names of those of NFS, SMB and the like.
};

struct Entry {
  std::string name;
  FileType type = FileType::other;
};

/// An open file, read at any offset.
class File {
 public:
  virtual ~File() = default;

  /// Bytes from `offset`, at most `length`; fewer only at the end of the file.
  virtual Result<std::string> read(std::uint64_t offset, std::size_t length) const = 0;
  virtual std::uint64_t size() const = 0;

  /// The extended attribute of that name (xattr(7)); empty where there is none.
  virtual Result<std::string> attribute(const std::string&) const { return std::string{}; }
};

/// A machine as a tree of files: the running one, a captured copy, or a mounted image.
/// Paths are absolute inside the tree; no link can lead out of it. Safe to share among threads.
class Root {
 public:
  virtual ~Root() = default;

  /// The whole regular file; `too_large` when it is longer than `limit` bytes, never a cut.
  virtual Result<std::string> read(std::string_view path, std::size_t limit) const = 0;

  /// What a device that hands out records (the kernel log) has to give now, without waiting.
  /// In a captured tree the recorded bytes stand in a regular file.
  virtual Result<std::string> read_records(std::string_view path, std::size_t limit) const = 0;

  virtual Result<std::unique_ptr<File>> open(std::string_view path) const = 0;

  /// The entries of a folder, sorted by name; "." and ".." are left out.
  virtual Result<std::vector<Entry>> list(std::string_view path) const = 0;

  virtual Result<std::string> read_link(std::string_view path) const = 0;

  /// The file that `path` leads to, links followed inside the tree.
  virtual Result<FileStatus> status(std::string_view path) const = 0;

  /// The entry at `path` itself: a link is a link.
  virtual Result<FileStatus> link_status(std::string_view path) const = 0;

  /// The lists of the entry at `path` itself.
  virtual Result<AccessLists> access_lists(std::string_view path) const = 0;

  virtual bool is_running_system() const = 0;

  /// Whether what is not found here is not on the machine: in the running system, and in an image
  /// that was read to its end. Of a captured tree that is to be found out, see
  /// `doubt_about_absence`.
  virtual bool is_whole() const { return is_running_system(); }

  /// What the run may still spend on it.
  virtual Budget& budget() const {
    static Budget without_end;
    return without_end;
  }
};

}  // namespace kmodsec
