// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/install_command.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/path.hpp"
#include "base/text.hpp"
#include "model/host/module_name.hpp"
#include "model/host/ownership.hpp"
#include "model/loading/deny_programs.hpp"
#include "model/loading/kmod_command.hpp"
#include "model/loading/shell_words.hpp"

namespace kmodsec {
namespace {

using Words = std::span<const std::string_view>;

/// Where distributions have the programs of coreutils; the profiles are those of NixOS and Guix.
constexpr std::array<std::string_view, 6> program_folders = {"/bin",
                                                             "/usr/bin",
                                                             "/sbin",
                                                             "/usr/sbin",
                                                             "/run/current-system/sw/bin",
                                                             "/run/current-system/profile/bin"};
constexpr std::array<std::string_view, 2> stores = {"/nix/store/", "/gnu/store/"};

bool is_in_store(std::string_view folder) {
  return std::ranges::any_of(stores, [&](std::string_view store) {
    return folder.starts_with(store) && folder.ends_with("/bin") && is_plain_path(folder);
  });
}

/// A program of the system under this name: by its bare name, or where distributions have it.
bool is_program(std::string_view word, std::string_view name) {
  if (file_name(word) != name) return false;
  if (word == name) return true;
  const std::string_view folder = word.substr(0, word.size() - name.size() - 1);
  return std::ranges::find(program_folders, folder) != program_folders.end() || is_in_store(folder);
}

/// sh(1): an exit without a number ends with that of the last command, here none; one that is no
/// number is an error of the shell.
CommandEffect effect_of_exit(Words words) {
  if (words.size() == 1) return CommandEffect::pretends;
  const auto number = parse_number<std::uint32_t>(words[1]);
  if (!number) return CommandEffect::unknown;
  return *number % 256 == 0 ? CommandEffect::pretends : CommandEffect::fails;
}

CommandEffect effect_of_words(Words words) {
  const std::string_view word = words.front();
  if (word == "exec" && words.size() > 1) return effect_of_words(words.subspan(1));
  const bool is_box = is_program(word, "busybox") || is_program(word, "toybox");
  if (is_box && words.size() > 1 && (words[1] == "false" || words[1] == "true"))
    return words[1] == "false" ? CommandEffect::fails : CommandEffect::pretends;
  if (word == "exit") return effect_of_exit(words);
  if (is_program(word, "false")) return CommandEffect::fails;
  if (word == ":" || is_program(word, "true")) return CommandEffect::pretends;
  return CommandEffect::unknown;
}

/// Whether a command is modprobe that is told to pass over the install line of the very module.
bool ignores_own_line(std::string_view command, std::string_view module) {
  bool ignores = false;
  bool names_it = false;
  const std::vector<std::string_view> words =
      split_words(command.substr(0, command.find_first_of("&|")));
  if (words.empty() || !is_program(words.front(), "modprobe")) return false;
  for (const std::string_view word : words) {
    if (word == "--ignore-install" || word == "-i") ignores = true;
    if (word == "-n" || word == "--dry-run" || word == "--show" || word == "-r") return false;
    if (normalized_module_name(word) == module) names_it = true;
  }
  return ignores && names_it;
}

/// Such a command is reached where those before it are programs, each with a semicolon behind it.
/// It loads whatever comes after it.
bool loads_itself(const ConfigLine& install) {
  for (const std::string_view command : split(install.argument, ';')) {
    if (ignores_own_line(command, install.name)) return true;
    const auto words = plain_shell_words(command);
    if (words.empty() || !words.front().starts_with('/')) return false;
  }
  return false;
}

/// What takes words of its own before a command, and none that matter here.
bool is_before_command(std::string_view word) {
  return word == "exec" || word == "!" || word == "if" || word == "then" || word == "else" ||
         word == "do" || word == "time" || word == "nice" || word == "env" ||
         word.find('=') != std::string_view::npos;
}

std::string_view without_quotes(std::string_view word) {
  while (!word.empty() && (word.front() == '"' || word.front() == '\'')) word.remove_prefix(1);
  while (!word.empty() && (word.back() == '"' || word.back() == '\'')) word.remove_suffix(1);
  return word;
}

bool is_name(std::string_view word) {
  return !word.empty() && word.find_first_of("$=><") == std::string_view::npos;
}

/// What a variable would name is passed over: the word behind it may be the module.
void add_requests_of_modprobe(std::string_view command, std::vector<std::string>& requests) {
  const std::vector<std::string_view> words = split_words(command);
  const auto first = std::ranges::find_if_not(words, is_before_command);
  if (first == words.end() || !is_program(without_quotes(*first), "modprobe")) return;
  std::vector<std::string> arguments = {"modprobe"};
  for (const std::string_view word : std::span(first + 1, words.end()))
    arguments.emplace_back(without_quotes(word));
  KmodCommand asked = parse_kmod_command(arguments);
  if (!asked.inserts) return;
  const bool is_one = !asked.parameters.empty();
  std::ranges::move(asked.parameters, std::back_inserter(asked.targets));
  std::erase_if(asked.targets, [](const std::string& word) { return !is_name(word); });
  if (is_one && asked.targets.size() > 1) asked.targets.resize(1);
  std::ranges::move(asked.targets, std::back_inserter(requests));
}

bool only_root_may_write(const InstallProgram& program) {
  return program.owners_seen && !program.owners.empty() &&
         std::ranges::none_of(program.owners, [](const Ownership& owner) {
           return others_may_write(owner) || !owner.unclear.empty();
         });
}

/// The first that others may write: whoever does decides what the program is.
const Ownership* open_guard(const InstallProgram& program) {
  const auto found = std::ranges::find_if(program.owners, others_may_write);
  return found == program.owners.end() ? nullptr : &*found;
}

/// Why it is not known whether a program is that of its package. A host without a database that we
/// read, or with one that is being written, leaves that open for each of its programs: it is no
/// reason to doubt one.
std::string why_package_is_in_doubt(const InstallProgram& program) {
  constexpr std::array<ErrorKind, 3> refusals = {ErrorKind::denied, ErrorKind::malformed,
                                                 ErrorKind::too_large};
  if (program.package) return {};
  const Error& error = program.package.error();
  if (std::ranges::find(refusals, error.kind) == refusals.end()) return {};
  return fmt::format("whether {} is what its package installed could not be seen ({})",
                     program.path, error.reason);
}

std::string doubt_about(const InstallProgram& program) {
  const std::string why = why_not_itself(program);
  return why.empty() ? why_package_is_in_doubt(program) : why;
}

/// A program is what its name says as long as it is the one that the system came with.
CommandOutcome if_it_is_itself(CommandOutcome outcome,
                               const std::vector<InstallProgram>& programs) {
  const InstallProgram* program = find_program(programs, outcome.program);
  if (program == nullptr || is_shell_word(outcome.program)) return outcome;
  if (program->state == ProgramState::unseen && open_guard(*program) == nullptr) return outcome;
  const std::string doubt = doubt_about(*program);
  if (doubt.empty()) return outcome;
  outcome.effect = CommandEffect::unknown;
  outcome.why = fmt::format("it would deny, but {}", doubt);
  return outcome;
}

CommandOutcome if_nobody_creates_it(CommandOutcome outcome, const InstallProgram& program) {
  outcome.effect = CommandEffect::missing;
  const Ownership* guard = open_guard(program);
  if (guard == nullptr) return outcome;
  outcome.effect = CommandEffect::unknown;
  outcome.why =
      fmt::format("it is not there, but others than root may write {} and create it", guard->path);
  return outcome;
}

CommandOutcome judge_listed(const InstallProgram* program, const DenyProgram& listed) {
  CommandOutcome outcome{.program = std::string(listed.path)};
  if (program == nullptr || program->state != ProgramState::present) {
    outcome.why = fmt::format("it would deny, as a program of {}, and was not seen", listed.of);
  } else if (!only_root_may_write(*program)) {
    outcome.why = fmt::format(
        "it would deny, as a program of {}, and others than root may write it", listed.of);
  } else if (const std::string doubt = doubt_about(*program); !doubt.empty()) {
    outcome.why = fmt::format("it would deny, as a program of {}, but {}", listed.of, doubt);
  } else {
    outcome.effect = CommandEffect::fails;
    outcome.why = fmt::format("{} of {} denies", listed.path, listed.of);
  }
  return outcome;
}

}  // namespace

const InstallProgram* find_program(const std::vector<InstallProgram>& programs,
                                   std::string_view word) {
  const auto found = std::ranges::find(programs, word, &InstallProgram::word);
  return found == programs.end() ? nullptr : &*found;
}

std::vector<std::string> requests_of_command(std::string_view command) {
  std::vector<std::string> requests;
  constexpr std::string_view separators = ";&|(){}\n`";
  while (!command.empty()) {
    const std::size_t end = std::min(command.find_first_of(separators), command.size());
    add_requests_of_modprobe(command.substr(0, end), requests);
    command.remove_prefix(std::min(end + 1, command.size()));
  }
  return requests;
}

std::string why_not_itself(const InstallProgram& program) {
  if (const Ownership* guard = open_guard(program))
    return fmt::format("others than root may write {}", guard->path);
  if (!program.package) return {};
  if (program.package->level == PackageLevel::mismatch)
    return fmt::format("{} is not what the package {} installed", program.path,
                       program.package->name);
  if (program.package->level == PackageLevel::unowned)
    return fmt::format("{} belongs to no package", program.path);
  return {};
}

bool is_unblacklist_of_suse(const ConfigLine& line) {
  const std::vector<std::string_view> words = split_words(line.argument);
  return words.size() >= 5 && words[0] == "/usr/lib/module-init-tools/unblacklist" &&
         words[1] == line.name + ";" && words[2] == "/sbin/modprobe" && words.back() == line.name &&
         std::ranges::all_of(words.begin() + 3, words.end() - 1, [](std::string_view word) {
           return word == "--ignore-install" || word == "$CMDLINE_OPTS";
         });
}

CommandEffect effect_of_command(std::string_view command) {
  if (is_empty_command(command)) return CommandEffect::pretends;
  const std::vector<std::string_view> words = plain_shell_words(command);
  return words.empty() ? CommandEffect::unknown : effect_of_words(words);
}

std::string_view program_of_command(std::string_view command) {
  const auto words = plain_shell_words(command);
  if (words.empty()) return {};
  return words.front() == "exec" && words.size() > 1 ? words[1] : words.front();
}

CommandOutcome outcome_of_command(const ConfigLine& install,
                                  const std::vector<InstallProgram>& programs) {
  CommandOutcome outcome{.effect = effect_of_command(install.argument),
                         .program = std::string(program_of_command(install.argument))};
  if (outcome.effect != CommandEffect::unknown)
    return if_it_is_itself(std::move(outcome), programs);
  if (loads_itself(install)) {
    outcome.effect = CommandEffect::loads;
    return outcome;
  }
  if (outcome.program.empty()) return outcome;
  const InstallProgram* program = find_program(programs, outcome.program);
  if (program != nullptr && program->state == ProgramState::missing)
    return if_nobody_creates_it(std::move(outcome), *program);
  const auto listed = std::ranges::find(shipped_deny_programs(), std::string_view(outcome.program),
                                        &DenyProgram::path);
  return listed == shipped_deny_programs().end() ? outcome : judge_listed(program, *listed);
}

}  // namespace kmodsec
