// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyze/loading/config_lines.hpp"
#include "analyze/loading/install_command.hpp"
#include "analyze/loading/load_rules.hpp"
#include "analyze/modules/alias_index.hpp"
#include "analyze/work.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// A module that a request leads to.
struct Candidate {
  std::string module;
  std::string alias;  ///< By which it was found; empty for its own name.
  bool builtin = false;
  const ConfigLine* line = nullptr;  ///< The `alias` line that leads to it.
};

/// What modprobe does for one module, in order.
struct ProbeStep {
  enum class Action {
    insert,   ///< Hands the file to the kernel.
    run,      ///< Runs the install command instead.
    builtin,  ///< Nothing: it is part of the kernel.
    missing,  ///< Fails: there is no such module.
  };

  Action action = Action::insert;
  std::string module;
  std::string path;  ///< Of `insert`, as modules.dep writes it.
  const ConfigLine* install =
      nullptr;  ///< The first install line for it, whether it counts or not.
  const ConfigLine* softdep = nullptr;  ///< The line that takes precedence over `install`.
  std::string alias;                    ///< By which it was found; empty for its own name.
  bool required = false;                ///< When it fails, modprobe gives up.
};

/// Which install lines count for a request.
enum class InstallLines {
  all,
  of_others,  ///< modprobe --ignore-install: all but that of the module that is asked for, whose
              ///< softdeps do not count either (kmod: libkmod-module.c,
              ///< __kmod_module_get_probe_list).
};

/// modprobe's decisions for one kernel, from its configuration and indexes alone (kmod 30:
/// libkmod/libkmod-module.c, kmod_module_new_from_lookup, kmod_module_probe_insert_module). What is
/// loaded already does not count. By the rules of busybox where these hold. Points into what it was
/// made from. Whatever it is asked may end
/// in TooMuchWork.
class LoadModel {
 public:
  LoadModel(const LoadConfig& config, const ModuleTree& tree);
  LoadModel(const LoadConfig& config, const ModuleTree& tree, const LoadRules& rules);
  LoadModel(const LoadModel&) = delete;
  LoadModel& operator=(const LoadModel&) = delete;
  ~LoadModel();

  /// The modules that a name or an alias leads to, in the order in which they are tried.
  std::vector<Candidate> look_up(std::string_view request) const;

  /// Those that the alias lines of the configuration alone lead to.
  std::vector<Candidate> redirections(std::string_view request) const;

  /// What modprobe would do to get this one in, without looking at the blacklist.
  std::vector<ProbeStep> steps(const Candidate& candidate,
                               InstallLines install = InstallLines::all) const;

  /// The first line that counts for a module; nothing when there is none.
  const ConfigLine* blacklist_line(std::string_view module) const;
  const ConfigLine* install_line(std::string_view module) const;
  /// What an install line does, as far as the facts tell.
  CommandOutcome outcome_of(const ConfigLine& install) const;

  const ConfigLine* remove_line(std::string_view module) const;
  const ConfigLine* softdep_line(std::string_view module) const;

  /// The parameters that are configured for it, in the order in which they apply.
  std::vector<const ConfigLine*> option_lines(const Candidate& candidate) const;

  std::string options_of(const Candidate& candidate) const;  ///< The same, joined by blanks.

  const IndexEntry* find(std::string_view module) const;
  bool is_builtin(std::string_view module) const { return builtin_.contains(module); }

  /// The lines in the order in which they apply, modules.softdep among them.
  const std::vector<ConfigLine>& lines() const { return lines_; }

 private:
  struct Softdeps {
    std::vector<Candidate> pre, post;
    bool any() const { return !pre.empty() || !post.empty(); }
  };

  class ProbeList;

  std::vector<Candidate> look_up_in_busybox(std::string_view request) const;
  void add_candidates_of_config(const std::string& name, std::vector<Candidate>& found) const;
  void add_candidates_of_aliases(const std::string& name, std::vector<Candidate>& found) const;
  const ConfigLines& lines_of(Directive directive) const;
  Softdeps softdeps_of(std::string_view module) const;

  LoadRules rules_;
  std::vector<ConfigLine> lines_;
  std::vector<InstallProgram> programs_;
  std::vector<AliasEntry> aliases_of_busybox_;
  std::map<Directive, ConfigLines> by_directive_;
  std::unordered_map<std::string_view, const IndexEntry*> modules_;
  std::unordered_set<std::string_view> builtin_;
  AliasIndex aliases_;
  mutable Work work_;
};

}  // namespace kmodsec
