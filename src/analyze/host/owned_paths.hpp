// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace kmodsec {

/// Files that `kmodsec apply` writes, and that others leave alone. The denies are read first, for
/// the first install and softdep line of a module count; the options last, for their last value
/// does.
inline constexpr std::string_view deny_file_path = "/etc/modprobe.d/00-kmodsec-deny.conf";
inline constexpr std::string_view options_file_path = "/etc/modprobe.d/zz-kmodsec-options.conf";
inline constexpr std::string_view load_file_path = "/etc/modules-load.d/kmodsec.conf";
inline constexpr std::string_view unblock_service_path =
    "/etc/systemd/system/kmodsec-unblock.service";
inline constexpr std::string_view unblock_timer_path = "/etc/systemd/system/kmodsec-unblock.timer";
inline constexpr std::string_view owned_configuration[] = {deny_file_path, options_file_path,
                                                           load_file_path};

}  // namespace kmodsec
