// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// By whose rules a request is answered.
struct LoadRules {
  LoaderKind reader = LoaderKind::kmod;  ///< kmod, busybox or busybox_small.
  std::uint32_t kmod = 0;  ///< Its version; only the two that `LoaderKind` has rules of.

  bool operator==(const LoadRules&) const = default;
};

/// Those of the loader. Where it is none whose rules are known, kmod's; where the version of kmod
/// is not known, the newest's.
LoadRules rules_of(const ModuleLoader& loader);

/// Other rules that may hold on this host as well: those of libkmod, by which udev and systemd
/// load, beside busybox; those of an older kmod where the version is not known and files are there
/// that only one of them reads.
std::vector<LoadRules> other_rules(const LoadConfig& config, const ModuleTree& tree);

/// The first line by which a modprobe that somebody starts passes over denies; null: there is none.
const EnvironmentLine* first_past_denies(const LoadConfig& config);

/// The line that decides what kernel.modprobe is once the host has started, where that is another
/// program than the kernel runs now; null otherwise.
const LoaderSetting* other_loader_at_boot(const LoadConfig& config);

/// What a verdict takes for granted of the program that loads, in sentences.
std::vector<std::string> assumptions_of(const LoadConfig& config, const ModuleTree& tree);

/// The lines that count by these rules, in the order in which they do. modules.softdep and
/// modules.weakdep have their places by their names among the files of modprobe.d (kmod:
/// libkmod/libkmod-config.c, kmod_config_new); the kernel's command line comes last.
std::vector<ConfigLine> lines_in_order(const LoadConfig& config, const ModuleTree& tree,
                                       const LoadRules& rules);

}  // namespace kmodsec
