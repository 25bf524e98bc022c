// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/loading/module_loader.hpp"
#include "model/modules/module_file_state.hpp"
#include "model/report.hpp"
#include "model/vulnerability_counts.hpp"

namespace kmodsec {

/// A way into the kernel.
enum class LoadPath {
  name,        ///< Somebody asks for the module by its name.
  alias,       ///< The kernel or udev asks for one of its aliases.
  dependency,  ///< Another module needs its symbols.
  softdep,     ///< A softdep of another module names it.
  boot,        ///< modules-load.d or the kernel's command line asks for it.
  initramfs,   ///< It lies in an image that is run before the root file system is there.
  insmod,      ///< Root hands the file to the kernel, past all of modprobe's configuration.
};

enum class LoadPathOutcome {
  loads,
  runs,  ///< A program runs instead, and whether it loads the module is not known.
  denied,
  impossible,
};

/// What decides: a line of a file, or a setting of the kernel (line 1 of its file).
struct DecidingLine {
  std::string file;
  std::size_t line = 0;  ///< From 1.
  std::string text;

  bool operator==(const DecidingLine&) const = default;
};

/// Why a module did not get in, or what kept its deny from counting.
struct Reason {
  std::optional<DecidingLine> by;
  std::string note;
};

struct LoadPathVerdict {
  LoadPath load_path = LoadPath::name;
  LoadPathOutcome outcome = LoadPathOutcome::impossible;
  std::optional<DecidingLine> decided_by;
  std::string note;  ///< Why, in words.
};

enum class Presence {
  loadable,
  builtin,
  unknown,  ///< In none of the lists that were seen, and not all were.
  absent,
};

/// The least that somebody needs to get at a module, the easiest first: who is on the host already
/// needs less than who is beside it.
enum class AttackerPosition {
  local,         ///< Any local user.
  local_userns,  ///< Any local user who may create a user namespace.
  local_group,   ///< A local user whom the mode of a device node lets in.
  guest,         ///< A virtual machine that runs on the host.
  adjacent,      ///< Whoever is within range of its radio or network.
  physical,      ///< Whoever plugs in a device, or the hypervisor.
  root,          ///< Only root.
  none,          ///< It does not load.
  unknown,       ///< What would tell was not seen.
};

/// Who gets at a module, and how.
struct Attacker {
  AttackerPosition position = AttackerPosition::root;
  std::string trigger;  ///< In words; empty when nothing is known that leads to it.

  bool operator==(const Attacker&) const = default;
};

/// Whether a module can get into one kernel: the one answer that every verb gives.
enum class LoadState {
  open,      ///< A load path other than insmod brings it in.
  unknown,   ///< None does for sure, and one runs a program that may; or its presence is unknown.
  closed,    ///< None does.
  built_in,  ///< It is part of the kernel.
  absent,    ///< This kernel has no such module.
};

/// One module of one kernel.
struct ModuleLoadPaths {
  std::string name;
  std::string kernel;  ///< Release.
  Presence presence = Presence::absent;
  std::optional<bool> loaded;
  bool denied = false;   ///< No load path but insmod is open, or may be.
  bool unknown = false;  ///< Its load state is.
  std::vector<LoadPathVerdict> load_paths;
  AttackerPosition position = AttackerPosition::none;
  std::string trigger;  ///< What brings it in, in words; empty when nobody can.
  Attacker when_loaded{AttackerPosition::none, ""};  ///< Who can use it when it is in the kernel.
  bool deny_offered = false;   ///< Only of modules that were asked about; see `is_deny_offered`.
  std::string rebuild;         ///< Command; of those that were asked about; see `rebuild_offered`.
  std::string excepted;        ///< Why the policy leaves it open; see `why_excepted`.
  ModuleFileState file_state;  ///< Whether its file is there; unknown where nobody looked.
  std::optional<VulnerabilityCounts> vulnerabilities;  ///< Nothing without tables.
  std::vector<std::string> exploited;  ///< Ids of its open vulnerabilities that have an exploit.
};

/// One module that a request leads to.
struct RequestedModule {
  std::string name;
  LoadPathOutcome outcome = LoadPathOutcome::impossible;
  std::optional<DecidingLine> decided_by;
  std::string note;
  std::vector<std::string> brings;  ///< Every module that gets in, in order, itself included.
  std::optional<LoadPathVerdict> in_initramfs;  ///< Before the root file system; if one holds it.
  bool built_in = false;                        ///< Nothing has to be loaded for it.
};

/// What comes of a request, such as the kernel makes for a file system or a socket.
struct RequestLoadPaths {
  std::string request;
  std::string kernel;                      ///< Release.
  std::optional<DecidingLine> decided_by;  ///< The line that redirects or answers the request.
  std::string note;
  std::vector<RequestedModule> modules;
};

/// Something that a command line says of modules, and that holds from the next boot on, or no more.
struct PendingParameter {
  std::string kernel;    ///< Release.
  std::string text;      ///< The parameter, with one module.
  std::string source;    ///< The boot entry that has it, or one that has it not.
  std::size_t line = 0;  ///< From 1.
  bool comes = false;    ///< It is on the next command line, and not on the one that runs.
};

/// The words of the JSON documents.
std::string_view to_string(LoadPath load_path);
std::string_view to_string(LoadPathOutcome outcome);
std::string_view to_string(Presence presence);
std::string_view to_string(AttackerPosition position);
std::string_view to_string(LoadState state);

/// The words for people.
std::string_view words_of(LoadState state);

/// Why the load state of a module is unknown, if it is.
std::string_view why_unknown(Presence presence);

/// Of `ModuleLoadPaths`, and of `ModuleCves`, which has the same fields of it.
template <class Module>
LoadState load_state_of(const Module& module) {
  if (module.presence == Presence::absent) return LoadState::absent;
  if (module.presence == Presence::builtin) return LoadState::built_in;
  if (module.unknown) return LoadState::unknown;
  return module.denied ? LoadState::closed : LoadState::open;
}

struct Facts;
struct HostInit;

/// The answer of `doors`.
struct ExposureReport {
  const Facts* facts = nullptr;
  const HostInit* init = nullptr;  ///< What decides which files ask at boot; null: not seen.
  std::vector<ModuleLoadPaths> modules;
  std::vector<RequestLoadPaths> requests;
  std::vector<std::string> without_modules;  ///< Releases that can load no module at all.
  const ModuleLoader* loader = nullptr;      ///< Null where no configuration was read.
  std::vector<std::string> assumed;          ///< What the verdicts take for granted, in sentences.
  std::vector<PendingParameter> pending;
  std::vector<Unseen> unseen;
};

}  // namespace kmodsec
