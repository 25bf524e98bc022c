// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a unit of systemd says about starting others, and about modprobe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/loading/load_config.hpp"

namespace kmodsec {

enum class UnitEffect {
  starts,     ///< Wants=, Requires=, BindsTo=, Requisite= and Upholds=: names of units.
  activates,  ///< Service= of a socket, Unit= of a timer or path: it is started later.
  runs,       ///< ExecStart= and its kin: a command; an empty one takes back those before.
};

/// One assignment of a unit file, in the order of the file.
struct UnitSetting {
  UnitEffect effect = UnitEffect::starts;
  std::string key;       ///< As it is written.
  std::string value;     ///< Continued lines joined by blanks.
  std::size_t line = 0;  ///< From 1; of a continued one, its first.
};

/// Other assignments are left out, also all of [Install] (systemd 252: src/shared/conf-parser.c,
/// config_parse, and src/core/load-fragment-gperf.gperf.in): a backslash at the end joins the next
/// line, and comments between are passed over.
std::vector<UnitSetting> parse_unit_file(std::string_view text);

/// The modules that a command of a unit hands to modprobe, directly or in a line for a shell. Names
/// that the command makes up while it runs, of variables, are left out. `instance` takes the place
/// of `%i` and `%I`.
std::vector<LoadRequest> modprobe_requests(const UnitSetting& command, std::string_view instance,
                                           const std::string& source);

}  // namespace kmodsec
