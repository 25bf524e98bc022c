// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/baseline/baseline_change.hpp"

namespace kmodsec {

/// Writes each change as an entry of systemd's journal, and one for the whole. The kinds of
/// messages are those of docs/integrity.md; their ids do not change.
void tell_journal(const BaselineReport& report);

}  // namespace kmodsec
