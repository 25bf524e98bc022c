// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// The host's policy; an empty one where the host has none.
Seen<Policy> collect_policy(const Root& root);

}  // namespace kmodsec
