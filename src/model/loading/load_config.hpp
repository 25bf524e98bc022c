// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/loading/module_loader.hpp"
#include "model/report.hpp"

namespace kmodsec {

/// The first word of a line of modprobe.d(5).
enum class Directive { alias, blacklist, options, install, remove, softdep, weakdep };

inline constexpr std::array all_directives = {
    Directive::alias,  Directive::blacklist, Directive::options, Directive::install,
    Directive::remove, Directive::softdep,   Directive::weakdep};

/// The word itself.
std::string_view to_string(Directive directive);

/// One line of modprobe.d(5), with the place where it stands.
struct ConfigLine {
  Directive directive = Directive::alias;
  std::string name;              ///< A module or pattern, `-` as `_` outside brackets.
  std::string argument;          ///< The rest of the line after one blank; of an alias, its module.
  std::vector<std::string> pre;  ///< Of a softdep, normalised names.
  std::vector<std::string> post;  ///< Of a softdep, normalised names.
  std::string text;               ///< The whole line, continuations joined.
  std::string source;
  std::size_t line = 0;  ///< From 1; of a continued line, its first.
};

/// A line that its reader drops, with a warning at most.
struct ConfigProblem {
  std::string source;
  std::size_t line = 0;
  std::string reason;
  std::string text;
};

/// A file in a folder of modprobe.d that modprobe does not read.
struct UnreadFile {
  std::string path;
  std::string shadowed_by;        ///< The file of the same name that counts; empty: see the name.
  std::vector<ConfigLine> lines;  ///< What it would have said.
  bool masked = false;            ///< The other one is a link to /dev/null: it was taken away.
  std::string reason;             ///< Why nobody reads it; empty: its name or `shadowed_by` tells.
  std::vector<std::string> requests;  ///< What it would have asked for at boot.
};

/// Something that asks for a module while the system starts.
struct LoadRequest {
  std::string name;  ///< A module or an alias, as it is written.
  std::string source;
  std::size_t line = 0;  ///< From 1.
  bool past_blacklist =
      false;       ///< By plain modprobe, which loads a blacklisted module by its name.
  std::string by;  ///< What asks, in words; empty: systemd-modules-load or the initramfs.
  bool past_install =
      false;  ///< By modprobe --ignore-install: its own install line does not count.
  bool past_modprobe = false;  ///< By insmod, which asks no modprobe; `name` is that of the module.
  bool only_kmod = false;      ///< Its command has an option that modprobe of busybox refuses.
  /// Of modprobe --config: absolute paths, read instead of the folders of modprobe.d.
  std::vector<std::string> configuration = {};
};

/// A name on the kernel's command line that was meant to keep a module out, and does not.
struct IdleDeny {
  std::string name;    ///< As it is written.
  std::string reason;  ///< Why it denies nothing, and what would.
  std::string text;    ///< The parameter.
  std::string source;
  std::size_t line = 0;  ///< From 1.
};

/// The program that the kernel starts first: it decides which files ask for modules at boot.
enum class InitSystem { unknown, systemd, openrc, runit, sysvinit, dinit, busybox };

inline constexpr std::array all_init_systems = {
    InitSystem::unknown,  InitSystem::systemd, InitSystem::openrc, InitSystem::runit,
    InitSystem::sysvinit, InitSystem::dinit,   InitSystem::busybox};

/// The word of the documents.
std::string_view to_string(InitSystem init);

/// Which one a host has, and what shows it.
struct HostInit {
  InitSystem system = InitSystem::unknown;
  std::string evidence;  ///< A path; of an unknown one, why it is not known.
};

/// A line that sets MODPROBE_OPTIONS, which each modprobe of that environment obeys.
struct EnvironmentLine {
  std::string text;
  std::string source;
  std::size_t line = 0;      ///< From 1.
  bool past_denies = false;  ///< With an option that passes over install lines, or all of them.
};

/// A line that sets kernel.modprobe while the system starts (sysctl.d(5)).
struct LoaderSetting {
  std::string path;  ///< What it becomes; empty: the kernel then asks for nothing.
  std::string source;
  std::size_t line = 0;                ///< From 1.
  std::vector<Ownership> owners = {};  ///< On the way to the path: see `ModuleLoader::owners`.
  bool by_pattern = false;             ///< Its key has wildcards.
};

/// What the kernel's command line tells the kernel itself about modules.
struct KernelLoadParameters {
  std::vector<std::string> module_blacklist;    ///< Exact names; the last such parameter counts.
  std::vector<std::string> initcall_blacklist;  ///< Functions of built-in code.
  bool nomodule = false;
  std::string source;    ///< Where that command line stands; empty: /proc/cmdline.
  std::size_t line = 1;  ///< From 1.
};

/// What decides which modules load: the configuration of modprobe in the order in which it applies,
/// what asks at boot, and the kernel's own parameters.
struct LoadConfig {
  LoadConfig();
  LoadConfig(const LoadConfig&);
  LoadConfig(LoadConfig&&) noexcept;
  LoadConfig& operator=(const LoadConfig&);
  LoadConfig& operator=(LoadConfig&&) noexcept;
  ~LoadConfig();

  std::vector<ConfigLine> lines;
  std::vector<ConfigProblem> problems;
  std::vector<UnreadFile> unread;
  std::vector<LoadRequest> at_boot;
  std::vector<EnvironmentLine> environment;
  KernelLoadParameters kernel;
  ModuleLoader loader;
  std::vector<LoaderSetting> loader_settings;  ///< The last one counts.
  std::vector<ConfigLine> other_lines;         ///< Of what a request at boot names with --config.
  std::vector<ConfigLine> busybox_lines;  ///< What modprobe of busybox reads, where it is there.
  std::vector<InstallProgram> programs;   ///< Of the install lines, each word once.
  std::vector<IdleDeny> idle_denies;
  HostInit init;
  std::vector<Unseen> unseen;      ///< Files that could not be read.
  std::vector<Unseen> extensions;  ///< Images of systemd-sysext and -confext that were not read.
};

}  // namespace kmodsec
