// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/loading/load_config.hpp"
#include "model/report.hpp"

namespace kmodsec {

/// A command line that may boot a kernel.
struct BootCommandLine {
  std::string text;
  std::string source;
  std::size_t line = 0;  ///< From 1.
};

/// What boots a kernel, as the entries of the boot loaders tell.
struct KernelBoot {
  bool runs = false;  ///< This kernel runs with a command line that was read: that one decides now.
  std::vector<BootCommandLine> command_lines;  ///< Each that may boot it.

  /// What these say of modules: a request that any of them has, a deny that all of them have. Its
  /// `unseen` tells of command lines that are not known.
  LoadConfig load;
  std::vector<Unseen> unseen_images;  ///< Where an initramfs may be that was not read.
};

}  // namespace kmodsec
