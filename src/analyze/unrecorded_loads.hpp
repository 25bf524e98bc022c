// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/facts.hpp"

namespace kmodsec {

/// Why nobody would know of a module that is loaded and unloaded between two recordings of
/// 'kmodsec learn': the audit system does not record every load, or that could not be seen. Empty
/// where it does. Takes the part auditd.
std::string why_loads_go_unrecorded(const Facts& facts);

}  // namespace kmodsec
