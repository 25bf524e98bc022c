// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// Lines of an index that are in no module file, or such as the files ask for and that are missing.
struct IndexFlaw {
  std::string index;               ///< File name: "modules.alias".
  std::string module;              ///< Of several that miss a line, the first.
  std::vector<std::string> lines;  ///< "alias fs-vfat → evil"; at least one.
  std::string wrong;               ///< Of each: "is in no module file".
};

/// Whether the indexes of a kernel say what its module files say of themselves.
struct IndexAgreement {
  std::vector<std::string> compared;  ///< File names.
  std::vector<IndexFlaw> flaws;       ///< In the order of the indexes, then of the modules.
  std::vector<Unseen> unseen;         ///< What hid a file or an index.
};

/// Holds modules.dep, .alias, .devname and .softdep, and modules.dep.bin and .alias.bin, against
/// alias=, depends= and softdep= in the module files, as depmod(8) would write them. Where not all
/// files were read, only the lines about those that were are judged. An index that is not there
/// says nothing. A line of modprobe.d in one of them, which modprobe obeys, is a flaw whatever the
/// files say. Which of several files of one name counts is what modules.dep says: the rules of
/// depmod.d are not applied.
IndexAgreement hold_against_files(const ModuleTree& tree);

/// What depmod(8) writes beside the modules; other indexes come with the kernel.
bool is_written_by_depmod(std::string_view index);

}  // namespace kmodsec
