// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/policy/plan.hpp"
#include "report/json.hpp"

namespace kmodsec {

/// The fields of a plan, in every document that has one. What was not seen belongs to the whole
/// document.
Json plan_json(const Plan& plan);

}  // namespace kmodsec
