// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/host/ownership.hpp"
#include "model/modules/module.hpp"
#include "model/seen.hpp"

namespace kmodsec {

/// What answers when the kernel asks for a module.
enum class LoaderKind {
  kmod,           ///< modprobe of kmod, or what is taken for it.
  busybox,        ///< The applet of busybox (busybox: modutils/modprobe.c).
  busybox_small,  ///< Its smaller one, which reads no configuration (modutils/modprobe-small.c).
  other,          ///< A program whose rules are not known: toybox, a script.
  missing,        ///< No program is at that path.
  none,           ///< Nothing: the path is empty, or the program does nothing.
};

inline constexpr std::array all_loader_kinds = {LoaderKind::kmod,          LoaderKind::busybox,
                                                LoaderKind::busybox_small, LoaderKind::other,
                                                LoaderKind::missing,       LoaderKind::none};

/// The word of the JSON documents.
std::string_view to_string(LoaderKind kind);

/// The program that the kernel runs to have a module loaded (linux: kernel/module/kmod.c,
/// call_modprobe), from where its path is known, and what tells its rules.
struct ModuleLoader {
  LoaderKind kind = LoaderKind::kmod;
  std::string path;       ///< As the kernel has it; empty: nobody looked, or it asks for nothing.
  std::string path_from;  ///< A file, an option of the kernel's build, or "default".
  std::string program;    ///< Where its links lead; empty when that was not seen.
  std::uint32_t version = 0;         ///< Of kmod; 0 when it is not known.
  std::string version_from;          ///< The file that tells the version.
  bool knows_blacklist = true;       ///< Of busybox: built with FEATURE_MODPROBE_BLACKLIST.
  bool libkmod = false;              ///< libkmod is there: udev and systemd load by its rules.
  bool of_store = false;             ///< In the store of NixOS or Guix, on such a host.
  std::vector<std::string> assumed;  ///< What a verdict takes for granted, in sentences.
  /// Of the program and the folders above it; of a missing one, of the folders that are there.
  std::vector<Ownership> owners = {};
};

/// kmod read files named *.alias in the folders of modprobe.d up to 32, and reads modules.weakdep
/// like them from 33 on (kmod: NEWS; libkmod/libkmod-config.c, kmod_config_new).
inline constexpr std::uint32_t first_kmod_without_alias_files = 33;
inline constexpr std::uint32_t first_kmod_with_weakdeps = 33;

/// Whether the program of an install command can be run.
enum class ProgramState { present, missing, unseen };

inline constexpr std::array all_program_states = {ProgramState::present, ProgramState::missing,
                                                  ProgramState::unseen};

std::string_view to_string(ProgramState state);

/// The first word of an install or remove command, looked for as sh(1) does.
struct InstallProgram {
  std::string word;  ///< As the line has it.
  ProgramState state = ProgramState::unseen;
  /// Of the file and the folders above it, links followed; of a missing one, of the folders that
  /// are there.
  std::vector<Ownership> owners;
  bool owners_seen = false;
  std::string path;            ///< Where its links lead; empty where that was not seen.
  Seen<PackageClaim> package;  ///< Of a program that would deny: see `HostProgram::package`.
};

}  // namespace kmodsec
