// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/report.hpp"

namespace kmodsec {

enum class IdentityStatus {
  same,         ///< The loaded module was made from what the file holds, as far as both tell.
  different,    ///< It was made from something else.
  cannot_tell,  ///< Neither of them shows enough.
};

/// A loaded module held against the file that bears its name.
struct Identity {
  IdentityStatus status = IdentityStatus::cannot_tell;
  std::string reason;
  std::vector<Evidence> evidence;
};

}  // namespace kmodsec
