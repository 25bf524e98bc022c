// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where the modules come from that a host keeps, one function for each cause: what they need is
// added behind them all, see `KeptModules::add_closure`.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "analyze/usage/kept_modules.hpp"
#include "model/facts.hpp"
#include "model/usage/keep_set.hpp"

namespace kmodsec {

/// An initramfs with more modules was made for any host, and says nothing of this one: one that was
/// made for a host alone (MODULES=dep, hostonly, autodetect) has some 50 to 200.
inline constexpr std::size_t most_modules_of_own_image = 256;

void add_policy(const Policy& policy, KeptModules& kept);

/// What is loaded, but for what kmodsec denies at the moment: a deny does not end because root has
/// loaded the module.
void add_loaded(const Facts& facts, KeptModules& kept);

void add_used(std::span<const UsageRecord> records, KeptModules& kept);

/// What modules-load.d, fstab and the like ask for, what an initramfs is told to load, and what is
/// in one that was made for this host alone.
void add_boot(const Facts& facts, KeptModules& kept);

void add_hardware(const Facts& facts, KeptModules& kept);
void add_services(const Facts& facts, KeptModules& kept);

/// What is built into the kernel that runs and is a module of another: it may be in use all the
/// time and stand in no record.
void add_built_in(const Facts& facts, std::span<const std::unique_ptr<KeepTree>> trees,
                  KeptModules& kept);

/// The classes that the policy names.
void add_classes(const Policy& policy, std::span<const KeepClass> classes,
                 std::span<const std::unique_ptr<KeepTree>> trees, KeptModules& kept);

/// Names in [keep] that no kernel and no class has, sorted.
std::vector<std::string> unknown_names(const Policy& policy, std::span<const KeepClass> classes,
                                       std::span<const std::unique_ptr<KeepTree>> trees);

}  // namespace kmodsec
