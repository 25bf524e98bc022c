// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/loading/load_config.hpp"

namespace kmodsec {

/// What an install command leaves behind. modprobe hands it to `sh -c` (kmod: libkmod-module.c,
/// command_do, system(3)).
enum class CommandEffect {
  fails,     ///< It is false(1) or the like: nothing loads, and the request fails.
  pretends,  ///< It is true(1) or the like: nothing loads, and the request succeeds.
  loads,     ///< It begins with modprobe --ignore-install of the very module.
  missing,   ///< Its program is not there, and only root could put one there: nothing loads.
  unknown,   ///< It is a program: what it does, and whether it loads the module, is its own affair.
};

struct CommandOutcome {
  CommandEffect effect = CommandEffect::unknown;
  std::string program;  ///< The word that is run; empty where a shell does more than that.
  std::string why;      ///< What more there is to say of it, in words; may be empty.
};

/// Of suse-module-tools (60-blacklist_fs-*.conf): beside a blacklist line, it asks whoever loads
/// the module by its name at a terminal whether to lift that, and then loads it. It is no deny.
bool is_unblacklist_of_suse(const ConfigLine& line);

/// By its text alone: never `loads` nor `missing`.
CommandEffect effect_of_command(std::string_view command);

/// The word that is run: of "exec PROGRAM" the second; empty where a shell does more than that.
std::string_view program_of_command(std::string_view command);

/// The names and aliases that a command of the shell has modprobe load, as far as its text tells:
/// "modprobe a && modprobe -a b c" asks for a, b and c. What a variable would name is left out. For
/// whoever must not miss one: whether the shell gets to each is not asked.
std::vector<std::string> requests_of_command(std::string_view command);

/// What was seen of the program of this word; nothing where it was not looked for.
const InstallProgram* find_program(const std::vector<InstallProgram>& programs,
                                   std::string_view word);

/// Why a program may be another than its name says: others than root may write it or what is on its
/// way, or it is not the file that a package installed. In words; empty where nothing of that was
/// seen.
std::string why_not_itself(const InstallProgram& program);

/// By what was seen of the programs as well, and by the list of programs that deny
/// (data/deny-programs.tsv). A program that would deny counts only where `why_not_itself` has
/// nothing to say; one of that list only where nobody but root may write it.
CommandOutcome outcome_of_command(const ConfigLine& install,
                                  const std::vector<InstallProgram>& programs);

}  // namespace kmodsec
