// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace kmodsec {

/// One line of a package manager's log.
struct PackageTransaction {
  std::int64_t time = 0;  ///< Seconds since 1970-01-01T00:00:00Z.
  std::string action;     ///< "install", "upgrade", "remove", ...
  std::string package;
  std::string from;  ///< Version; empty where there was none.
  std::string to;    ///< Version; empty where none is left.
};

}  // namespace kmodsec
