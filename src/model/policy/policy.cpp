// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/policy/policy.hpp"

namespace kmodsec {

std::string_view to_string(FreezeLevel level) {
  switch (level) {
    case FreezeLevel::signatures: return "signatures";
    case FreezeLevel::lockdown: return "lockdown";
    case FreezeLevel::all: return "all";
  }
  return {};
}

}  // namespace kmodsec
