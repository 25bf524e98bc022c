// SPDX-License-Identifier: GPL-2.0-or-later
//
// CSAF VEX, as Red Hat publishes it: a product is
// "BaseOS-9.4.0.Z.MAIN:kernel-0:5.14.0-427.13.1.el9_4.src" with its package, or
// "red_hat_enterprise_linux_9:kernel" without a version.
#pragma once

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "model/cves/cve_tracker.hpp"

namespace kmodsec {

bool is_csaf_vex(const nlohmann::json& document);

/// Adds what a document says of the package "kernel".
void read_csaf_vex(const nlohmann::json& document, std::vector<TrackerStatement>& statements);

}  // namespace kmodsec
