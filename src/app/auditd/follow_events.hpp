// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "analyze/auditd/module_events.hpp"
#include "app/answer.hpp"
#include "app/options.hpp"
#include "report/style.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Prints each event as it comes, from the kernel itself where that is permitted, else from the
/// log of auditd. Ends when neither gives any more, or stdout takes no more.
Result<Answer> follow_events(const Options& options, const Root& root, const EventFilter& filter,
                             const Style& style);

}  // namespace kmodsec
