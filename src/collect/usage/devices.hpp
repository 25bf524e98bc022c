// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// How many devices with different aliases are listed; more are an error.
inline constexpr std::size_t most_devices = 65'536;

/// The devices that /sys/devices and the folders of /sys/bus show, each alias and driver once, with
/// the first place that has them; sorted by alias. A device that goes while it is looked at is left
/// out; a folder or file that cannot be read makes the whole an error. None where no kernel runs.
Seen<std::vector<Device>> collect_devices(const Root& root);

}  // namespace kmodsec
