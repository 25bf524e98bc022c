// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>

#include "model/facts.hpp"

namespace kmodsec {

/// The record with nothing of the boot of these facts before that boot: what was recorded while the
/// clock was behind, as it is until the network sets it where no battery keeps it, is moved to
/// `booted`, which is when this boot began by the clock of now. Seconds since 1970-01-01T00:00:00Z.
UsageRecord with_boot_time(UsageRecord record, const Facts& facts, std::int64_t booted);

}  // namespace kmodsec
