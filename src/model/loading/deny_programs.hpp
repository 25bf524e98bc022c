// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace kmodsec {

/// A program whose only deed is to end with an error (data/deny-programs.tsv).
struct DenyProgram {
  std::string_view path;
  std::string_view of;  ///< Whose it is.
};

std::span<const DenyProgram> shipped_deny_programs();

}  // namespace kmodsec
