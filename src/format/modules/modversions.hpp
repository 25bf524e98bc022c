// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <bit>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "format/files/elf.hpp"
#include "model/modules/module.hpp"

namespace kmodsec {

/// The symbol versions of a module, in file order; none when it was built without
/// CONFIG_MODVERSIONS. Where there are both sorts of tables the extended one counts, as in the
/// kernel. Errors: `malformed`, with an empty subject.
Result<std::vector<SymbolVersion>> read_modversions(const Elf& module);

/// The `__versions` section: entries of 64 bytes, which are an unsigned long and a name filled up
/// with NULs (linux: include/linux/module.h, struct modversion_info).
Result<std::vector<SymbolVersion>> parse_modversions(std::string_view section, bool wide,
                                                     std::endian order);

/// The `__version_ext_crcs` and `__version_ext_names` sections: numbers of 32 bits, and as many
/// names of any length, each ended by a NUL (linux: kernel/module/version.c,
/// modversion_ext_start).
Result<std::vector<SymbolVersion>> parse_extended_modversions(std::string_view crcs,
                                                              std::string_view names,
                                                              std::endian order);

}  // namespace kmodsec
