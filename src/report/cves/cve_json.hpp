// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/cves/cves_report.hpp"
#include "report/json.hpp"

namespace kmodsec {

/// One vulnerability as each document shows it, without who can get at it.
Json cve_json(const CveAnswer& answer);

}  // namespace kmodsec
