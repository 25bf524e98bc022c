// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/loading/load_config.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Reads the files and folders that requests at boot name with modprobe --config, into
/// `other_lines`. What is not there has no lines, and then nothing is denied to such a request.
void read_other_configuration(const Root& root, LoadConfig& config);

}  // namespace kmodsec
