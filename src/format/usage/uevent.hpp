// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace kmodsec {

/// What the uevent file of a device says of its driver (linux: drivers/base/core.c, uevent_show).
struct Uevent {
  std::string alias;   ///< MODALIAS; empty where the device has none.
  std::string driver;  ///< DRIVER; empty where none is bound.
};

/// Of several lines for the same key the last counts, as for udev. Valid UTF-8 for any bytes.
Uevent parse_uevent(std::string_view text);

}  // namespace kmodsec
