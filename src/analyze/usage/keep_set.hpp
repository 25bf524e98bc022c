// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "model/facts.hpp"
#include "model/usage/keep_set.hpp"

namespace kmodsec {

/// A use in one boot alone, longer ago than these seconds, is listed in `KeepSet::rarely`.
inline constexpr std::int64_t rarely_used_after = 30L * 24 * 3600;

/// How much a keep set tells.
enum class KeepSetDetail {
  names,  ///< What is kept and what is closed; `rarely` is empty, and no `reach` is known.
  whole,  ///< Who could have each closed module loaded as well, for which all load paths are asked.
};

/// What the host of these facts must be able to load, in any of its installed kernels, and
/// everything else. `records` are the usage records that count, its own first; those of other
/// hosts may follow. What kmodsec denies at the moment is judged as if it were not denied.
/// Takes the parts indexes, other_kernels, load_config, masked, initramfs_images, posture and
/// usage; what was not collected is a gap. Pure: the same input gives the same answer. It takes
/// n·log n of modules and aliases, and may end in TooMuchWork. Nothing is kept and nothing closed
/// where the configuration was not seen.
KeepSet keep_set(const Facts& facts, std::span<const UsageRecord> records,
                 std::span<const KeepClass> classes, KeepSetDetail detail = KeepSetDetail::whole);

/// The same by the host's own record, and the classes of its policy, as far as these were seen.
KeepSet keep_set_of_host(const Facts& facts, KeepSetDetail detail = KeepSetDetail::whole);

}  // namespace kmodsec
