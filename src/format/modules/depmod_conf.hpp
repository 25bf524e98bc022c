// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// "external KERNELS FOLDER" of depmod.d(5): a folder outside of the kernel's own whose modules
/// depmod writes into the indexes as well.
struct ExternalFolder {
  std::string kernels;  ///< "*", or a regular expression that a release has to match somewhere.
  std::string path;
};

/// The other directives only choose among modules of one name, or leave folders out.
std::vector<ExternalFolder> parse_depmod_conf(std::string_view text);

/// Whether depmod would look there for this release. True also for an expression that is too
/// expensive to be tried: rather a folder too many is looked at.
bool is_for_kernel(const ExternalFolder& folder, const std::string& release);

}  // namespace kmodsec
