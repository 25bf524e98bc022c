// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/seen.hpp"

namespace kmodsec {

/// Which host was looked at. No verdict rests on it.
struct HostIdentity {
  Seen<std::string> name;        ///< /proc/sys/kernel/hostname, else /etc/hostname.
  Seen<std::string> machine_id;  ///< That of machine-id(5), hashed: see `hashed_machine_id`.
  Seen<std::string> boot_id;     ///< /proc/sys/kernel/random/boot_id; a disk has none.
};

}  // namespace kmodsec
