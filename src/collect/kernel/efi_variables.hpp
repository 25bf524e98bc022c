// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The GUIDs that the names of EFI variables end in.
inline constexpr std::string_view global_variable = "8be4df61-93ca-11d2-aa0d-00e098032b8c";
inline constexpr std::string_view security_database = "d719b2cb-3d3a-4596-a3bc-dad00e67656f";
inline constexpr std::string_view shim_variable = "605dab50-e046-4300-abb6-3dd810dd8b23";

/// Where the kernel shows variables: efivarfs, or the copies that shim hands over, which no later
/// write can change (linux: drivers/firmware/efi/mokvar-table.c).
enum class EfiSource { efivars, mok_variables };

/// The value of a variable, and where it stands.
struct EfiVariable {
  std::string path;
  std::string value;
};

/// Returns nothing when there is no such variable; an error when it may not be read.
Result<std::optional<EfiVariable>> read_efi_variable(const Root& root, EfiSource source,
                                                     std::string_view name, std::string_view guid);

/// Shim's copy, else the variable itself. An error only where neither could be read.
Result<std::optional<EfiVariable>> read_efi_variable(const Root& root, std::string_view name,
                                                     std::string_view guid);

}  // namespace kmodsec
