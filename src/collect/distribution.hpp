// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/distribution.hpp"
#include "model/seen.hpp"
#include "system/root.hpp"

namespace kmodsec {

Seen<Distribution> collect_distribution(const Root& root);

}  // namespace kmodsec
