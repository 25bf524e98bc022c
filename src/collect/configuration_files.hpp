// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/load_config.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// File name to path: the first folder that has a name decides, and names are read in their order.
struct ConfigurationFiles {
  std::map<std::string, std::string> read;
  std::vector<UnreadFile> unread;
};

/// The files of modprobe.d, modules-load.d or depmod.d, from its folders, highest precedence first.
/// A folder that is not there has none; an error where one cannot be listed.
Result<ConfigurationFiles> configuration_files(const Root& root,
                                               std::span<const std::string_view> folders);

}  // namespace kmodsec
