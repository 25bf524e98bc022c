// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "base/result.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// What holds of the facts of every machine that was looked at, and what conclusions rely on. A
/// snapshot is written by others. Errors: `malformed`, naming the law.
Result<void> keeps_laws(const Facts& facts);

}  // namespace kmodsec
