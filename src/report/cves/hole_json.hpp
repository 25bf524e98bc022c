// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/cves/holes_report.hpp"
#include "report/json.hpp"

namespace kmodsec {

/// One hole as each document shows it, without who can get at it.
Json hole_json(const HoleAnswer& answer);

}  // namespace kmodsec
