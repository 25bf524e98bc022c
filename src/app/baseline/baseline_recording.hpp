// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/options.hpp"
#include "model/baseline/baseline.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

struct Recording {
  std::vector<BaselineEntry> entries;  ///< Sorted by path.
  std::vector<Unseen> unseen;
  std::set<std::string> unread_images;  ///< New or changed, and what is in them is not known.

  /// Those that are not as they were known, by kernel. Without anything known they are not kept.
  std::map<std::string, std::vector<ModuleFile>> modules;
};

/// Every covered file as it is now. A file that has the content and the attributes of `known`
/// (sorted by path) is taken from there: its signature and its package are not looked at again. One
/// that cannot be read stays what it was, and is a gap.
Result<Recording> record(const Root& root, const Options& options,
                         const std::vector<BaselineEntry>& known = {});

}  // namespace kmodsec
