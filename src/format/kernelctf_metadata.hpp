// SPDX-License-Identifier: GPL-2.0-or-later
//
// metadata.json of an exploit in google/security-research, pocs/linux/kernelctf.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

struct KernelCtfExploit {
  std::string id;       ///< "2024-1086".
  std::string trigger;  ///< "userns" where it takes capabilities, else "user".
};

Result<KernelCtfExploit> parse_kernelctf_metadata(std::string_view text);

}  // namespace kmodsec
