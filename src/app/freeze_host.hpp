// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "app/options.hpp"
#include "base/result.hpp"
#include "model/facts.hpp"
#include "model/policy/readiness.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

struct FreezeOptions : ChangeOptions {
  std::string level;        ///< Empty: the policy's, or all.
  bool check = false;       ///< Ask whether the host is ready, and freeze nothing.
  bool when_ready = false;  ///< Wait until it is.
};

/// A host that may be frozen, and how ready it is.
struct ObservedHost {
  Facts facts;
  Readiness readiness;
};

Result<ObservedHost> observe_host(const Root& root, const FreezeOptions& options);

/// Observes until the host is ready and nothing has been loaded for a while, or patience ends.
Result<ObservedHost> wait_until_ready(const Root& root, const FreezeOptions& options);

}  // namespace kmodsec
