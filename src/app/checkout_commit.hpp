// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "system/running_system.hpp"

namespace kmodsec {

struct CheckoutCommit {
  std::string revision;  ///< Hexadecimal.
  std::string day;       ///< On which it was committed, such as "2026-08-21".
};

/// The newest commit of somebody's checkout. Its configuration is not read, for git would run what
/// that names (gpg.program, core.fsmonitor and more in git-config(1)): git sees the objects of the
/// checkout from a folder of our own. Nothing where there is no git, or no checkout of it.
std::optional<CheckoutCommit> newest_commit(RunningSystem system, const std::string& checkout);

/// The day that the header of a commit tells, in the time zone of who committed it.
std::optional<std::string> day_of_commit(std::string_view commit);

}  // namespace kmodsec
