// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/report.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// Visits every entry below a folder, parents before children, in name order. Links are visited,
/// not followed. Returns the folders that could not be listed, or were nested too deeply.
std::vector<Unseen> walk(const Root& root, const std::string& folder,
                         const std::function<void(const std::string& path, FileType type)>& visit);

}  // namespace kmodsec
