// SPDX-License-Identifier: GPL-2.0-or-later
//
// A keep set as those need it who build images: the lines that close everything else.
#pragma once

#include <string>
#include <vector>

#include "model/usage/keep_set.hpp"

namespace kmodsec {

/// A module that the image does not load, with its lines of modprobe.d(5), in their order.
struct LeanDeny {
  std::string module;
  Attacker reach;  ///< Who could have it loaded.
  std::vector<std::string> lines;
};

/// What makes the initramfs anew on a host that has the program.
struct ImageBuild {
  std::string program;  ///< Path.
  std::string command;  ///< With its arguments.
};

/// What every format of `learn propose` is made of. Names of modules are such that a kernel could
/// know (`is_module_name`), so that none is more than a word in any of the formats; all other text
/// is of the host, and goes into a format through `comment_text` alone.
struct LeanExport {
  std::string path;              ///< Of the file of modprobe.d in the image.
  std::vector<LeanDeny> denies;  ///< Sorted by module.
  std::vector<KeptForUse> kept;  ///< Sorted by module.
  std::vector<ImageBuild> image_builds;
};

/// What another host of a union needs.
struct HostShare {
  std::string host;  ///< The file that names its modules.
  std::size_t modules = 0;
  std::vector<std::string> adds;  ///< Those that no other host of the union needs; sorted.
};

}  // namespace kmodsec
