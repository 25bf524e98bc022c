// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What decides about modules while an initramfs runs: its own configuration, that of the tool
/// that made it, the command lines that may boot its kernel, and the root file system that it
/// mounts. Sources are paths in the image, behind `path` and a colon; those of `host` are paths on
/// the machine.
Seen<LoadConfig> collect_image_load_config(const Root& host, const Root& image,
                                           const std::string& path, ImageMaker maker,
                                           const std::vector<BootCommandLine>& lines);

}  // namespace kmodsec
