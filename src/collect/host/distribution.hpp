// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/host/distribution.hpp"
#include "model/seen.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

Seen<Distribution> collect_distribution(const Root& root);

}  // namespace kmodsec
