// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// The module whose devices have such a name below /dev, as linux: Documentation/admin-guide/
/// devices.txt and the drivers name them ("vda1" is virtio_blk's). "/dev/VG/LV" is LVM's way to
/// write one of device-mapper. Nothing for what tells no driver, as "UUID=…" and most links of
/// /dev/disk do not.
std::vector<std::string> modules_of_block_device(std::string_view path);

}  // namespace kmodsec
