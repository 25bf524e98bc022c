// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/loading/preflight.hpp"

namespace kmodsec {

std::string_view to_string(LoadOutcome outcome) {
  switch (outcome) {
    case LoadOutcome::loads: return "loads";
    case LoadOutcome::loaded: return "loaded";
    case LoadOutcome::builtin: return "builtin";
    case LoadOutcome::absent: return "absent";
    case LoadOutcome::refused: break;
  }
  return "refused";
}

}  // namespace kmodsec
