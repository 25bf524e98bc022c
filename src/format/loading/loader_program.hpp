// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/loading/module_loader.hpp"

namespace kmodsec {

/// What the bytes of a program tell of the modprobe that it is.
struct LoaderProgram {
  LoaderKind kind = LoaderKind::other;
  std::uint32_t version = 0;    ///< Of kmod; 0 when the bytes do not tell.
  bool knows_blacklist = true;  ///< Of busybox.
  std::string wraps;            ///< Of a script: the modprobe that it names; empty when none.
};

/// Tells kmod by its text "kmod version NN" (kmod: tools/kmod.c, kmod_version), busybox by its
/// banner and what it was built with (modprobe.c names "/etc/modprobe.d", modprobe-small.c
/// "modules.dep.bb"). Nothing is run.
LoaderProgram read_loader_program(std::string_view bytes);

/// The release that has a libkmod.so of this name, such as "libkmod.so.2.4.0"; 0 for others.
/// libtool makes the name of LIBKMOD_CURRENT, LIBKMOD_AGE and LIBKMOD_REVISION (kmod: configure.ac
/// and Makefile.am of each release, 18 to 34).
std::uint32_t kmod_of_library(std::string_view file_name);

}  // namespace kmodsec
