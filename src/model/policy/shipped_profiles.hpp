// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace kmodsec {

/// A file of data/ that is part of the program.
struct EmbeddedFile {
  std::string_view name;  ///< Without its folder.
  std::string_view text;
};

/// Every data/profiles/*.toml, sorted by name.
std::span<const EmbeddedFile> shipped_profiles();

}  // namespace kmodsec
