// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/loading/load_paths.hpp"

namespace kmodsec {

/// Who reaches the code of a module without an account on the host, once it is in: guests, and
/// neighbours by radio or network. Root, without a trigger, where nobody is known to. `depends`:
/// what it needs, directly or not.
Attacker outside_peer_of(std::string_view module, const std::vector<std::string>& depends);

}  // namespace kmodsec
