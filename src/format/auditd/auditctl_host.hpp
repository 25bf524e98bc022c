// SPDX-License-Identifier: GPL-2.0-or-later
//
// What auditctl(8) asks of the host that it runs on, and its answer to a line that it does not
// take.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace kmodsec {

/// What there is where a rule watches.
enum class WatchedPlace {
  unknown,
  folder,
  file,       ///< Or nothing, in a folder that is there.
  no_folder,  ///< The folder that should have it is not there.
};

struct AuditctlHost {
  std::string machine = "x86_64";  ///< `uname -m`.
  std::map<std::string, std::uint32_t, std::less<>> users;
  std::map<std::string, std::uint32_t, std::less<>> groups;
  bool names_are_whole = true;  ///< No other user has a name.
  bool has_io_uring = false;    ///< From audit 3.1 on there is a list for io_uring.
  std::function<WatchedPlace(const std::string& path)> look;  ///< May be empty.
};

/// Why a line has no effect.
struct AuditctlRefusal {
  std::string reason;
  bool sure = true;  ///< False: it hangs on what was not seen.
};

}  // namespace kmodsec
