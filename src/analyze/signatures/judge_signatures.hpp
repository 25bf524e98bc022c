// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "model/check.hpp"

namespace kmodsec {

/// Fails with one finding for each loaded module whose verdict `concerns` picks. What hid a verdict
/// is unseen: the list, the folder, a file, or whom the kernel trusts.
using ConcernsModule = std::function<bool(const LoadedWithFile&)>;
Verdict judge_loaded_signatures(const Facts& facts, const Derived& derived,
                                const ConcernsModule& concerns, std::string_view message,
                                std::vector<Unseen> unseen = {});

/// The lists of what is revoked that could not be read.
std::vector<Unseen> unseen_revocations(const Facts& facts);

/// Picks the modules whose file's signature has this status.
ConcernsModule has_status(SignatureStatus status);

/// What hid the verdicts on the files of loaded modules, each once.
std::vector<Unseen> unseen_signatures(const Facts& facts, const Derived& derived);

}  // namespace kmodsec
