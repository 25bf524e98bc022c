// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace kmodsec {

/// A file of data/ that is part of the program.
struct EmbeddedFile {
  std::string_view name;  ///< Without its folder.
  std::string_view text;
};

}  // namespace kmodsec
