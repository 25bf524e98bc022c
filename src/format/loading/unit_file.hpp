// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a unit of systemd says about starting others, and about modprobe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/loading/load_commands.hpp"

namespace kmodsec {

enum class UnitEffect {
  starts,        ///< Wants=, Requires=, BindsTo=, Requisite= and Upholds=: names of units.
  activates,     ///< Service= of a socket, Unit= of a timer or path: it is started later.
  runs,          ///< ExecStart= and its kin: a command; an empty one takes back those before.
  sets,          ///< Environment=: variables; an empty one takes back those before.
  reads,         ///< EnvironmentFile=: a file of them, which is stronger than `sets`.
  unsets,        ///< UnsetEnvironment=: variables, stronger than both.
  sets_for_all,  ///< DefaultEnvironment= of the manager's own configuration.
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

/// What a command of a unit asks to load, directly or in a line for a shell. `instance` takes the
/// place of `%i` and `%I`; `options` are those of MODPROBE_OPTIONS in its environment.
LoadCommands load_commands_of(const UnitSetting& command, std::string_view instance,
                              const std::vector<std::string>& options, const std::string& source);

/// Whether a file of this name in a folder of units is one.
bool is_unit(std::string_view name);

/// The text with `instance` in the place of `%i` and `%I`, up to the length that systemd takes
/// (src/basic/def.h, LONG_LINE_MAX): behind it they stay as they are.
std::string with_instance(std::string_view text, std::string_view instance);

/// The last value that Environment= or DefaultEnvironment= gives to MODPROBE_OPTIONS; nothing where
/// it gives none (systemd.exec(5)).
std::optional<std::string> modprobe_options_of_setting(std::string_view value);

/// The same of a file of EnvironmentFile=.
std::optional<std::string> modprobe_options_of_file(std::string_view text);

/// Whether UnsetEnvironment= takes it away, whatever its value or this one.
bool unsets_modprobe_options(std::string_view setting, std::string_view value);

}  // namespace kmodsec
