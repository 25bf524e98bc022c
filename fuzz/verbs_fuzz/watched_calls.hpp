// SPDX-License-Identifier: GPL-2.0-or-later
// The calls by which a program reaches files, programs and sockets, taken over from libc by name.
// While a `Watch` stands, what it does not allow ends the process.
#pragma once

#include <string>

namespace kmodsec {

struct Allowed {
  std::string folder;      ///< Below it, files may be opened for reading.
  std::string writable;    ///< What begins with it may be written; nothing if empty.
  std::string unreadable;  ///< This one file or folder fails to open: EACCES.
};

/// One at a time.
class Watch {
 public:
  explicit Watch(Allowed allowed);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch();
};

}  // namespace kmodsec
