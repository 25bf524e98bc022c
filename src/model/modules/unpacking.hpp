// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/modules/module.hpp"
#include "model/seen.hpp"

namespace kmodsec {

/// Why a file that kmod reads may not load all the same; empty where nothing speaks against it.
/// kmod leaves unpacking to the kernel from release 31 on, where the kernel has the decoder of the
/// file (kmod: libkmod/libkmod-module.c, do_finit_module).
inline std::string unpacking_note(const ModuleFile& file, const Seen<std::string>& kernel_unpacks) {
  if (file.kernel_cannot_unpack.empty()) return {};
  if (kernel_unpacks && *kernel_unpacks != file.compression) return {};
  const std::string where = kernel_unpacks
                                ? "this kernel, to which kmod leaves it from release 31 on"
                                : "a kernel to which kmod leaves it, from release 31 on";
  return "unpacked by " + where + ", it does not load: " + file.kernel_cannot_unpack;
}

}  // namespace kmodsec
