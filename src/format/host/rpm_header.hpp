// SPDX-License-Identifier: GPL-2.0-or-later
//
// A package as rpm's database has it (rpm: docs/manual/hregions.md, lib/header.c). All integers are
// big-endian:
//
//   +--------------------------+  0
//   | entries, bytes of data   |
//   +--------------------------+  8
//   | tag, type, offset, count |  for each entry
//   +--------------------------+
//   | data                     |  offsets count from here
//   +--------------------------+
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// A file of a package. A ghost has no digest, and neither has a link or a folder.
struct RpmFile {
  std::string path;
  std::string sha256;    ///< Hex; empty without one, or where the package has another kind.
  bool is_link = false;  ///< A symbolic link, by the mode that the package has for it.
};

class RpmHeader {
 public:
  /// Keeps a view of the bytes. Errors: `malformed`, for a header that does not fit its bytes.
  static Result<RpmHeader> parse(std::string_view bytes);

  std::string name() const;

  /// "EPOCH:VERSION-RELEASE", the epoch only where there is one.
  std::string version() const;

  /// Seconds since 1970-01-01T00:00:00Z; nothing in a package that was not installed.
  std::optional<std::int64_t> install_time() const;

  /// Its changelog in the form of a Debian package's, as kernel_changelog.hpp reads it: the version
  /// that each entry names, or this package's, and its items. Empty without one.
  std::string changelog() const;

  /// The files of the folders that are asked for, which end in '/'. A file that the package has and
  /// that rpm did not install, or replaced by that of another, is left out. Errors: `malformed`,
  /// where the lists of a package do not fit each other.
  using WantedFolder = std::function<bool(std::string_view folder)>;
  Result<std::vector<RpmFile>> files(const WantedFolder& wanted) const;

 private:
  struct Entry {
    std::uint32_t type = 0;
    std::uint32_t offset = 0;
    std::uint32_t count = 0;
  };

  std::optional<std::string_view> text(std::uint32_t tag) const;
  std::optional<std::vector<std::string_view>> texts(std::uint32_t tag) const;
  template <class T>
  std::optional<std::vector<T>> numbers(std::uint32_t tag) const;

  std::map<std::uint32_t, Entry> entries_;
  std::string_view data_;
};

}  // namespace kmodsec
