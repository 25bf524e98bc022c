// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/cves/cves_report.hpp"

namespace kmodsec {

std::string_view to_string(MitigationKind kind) {
  switch (kind) {
    case MitigationKind::update: return "update";
    case MitigationKind::deny: return "deny";
    case MitigationKind::unload: return "unload";
    case MitigationKind::in_use: return "in_use";
    case MitigationKind::built_in: return "built_in";
    case MitigationKind::not_closed: return "not_closed";
    case MitigationKind::ask_maker: return "ask_maker";
    case MitigationKind::newer_data: break;
  }
  return "newer_data";
}

}  // namespace kmodsec
