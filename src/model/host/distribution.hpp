// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

namespace kmodsec {

/// What os-release(5) says of a machine.
struct Distribution {
  std::string id;                    ///< "debian".
  std::vector<std::string> id_like;  ///< What it descends from.
  std::string name;                  ///< For people.
};

}  // namespace kmodsec
