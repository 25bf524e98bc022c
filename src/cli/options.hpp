// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "base/result.hpp"
#include "model/report.hpp"

namespace kmodsec {

/// What the user asked for on the command line.
struct Options {
  std::string verb;
  std::vector<std::string> names;  ///< Modules, files or ids, as the verb takes them.

  std::string format = "text";
  std::string root;
  std::string kernel;
  std::string snapshot;
  std::string output;
  std::string color = "auto";
  Severity fail_on = Severity::medium;
  bool quiet = false;
  bool yes = false;      ///< Do it without asking.
  bool dry_run = false;  ///< Tell what would come of it, and do nothing.
  std::string store;     ///< Of baselines; empty: the one of this host.
  std::string against;   ///< A baseline kept elsewhere.
  std::string key;       ///< That seals.
  std::string seal_key;  ///< That has sealed.
  std::string expect;    ///< The number or the digest of the generation that has to be there.
  bool journal = false;  ///< Tell the changes to systemd's journal.
  bool persist = false;  ///< Load it at every boot.
  bool load = false;     ///< Load what is unblocked.

  bool unused = false;
  bool tainted = false;
  bool unsigned_ = false;
  bool on_disk = false;
  bool all = false;
  bool reachable = false;     ///< Holes that others than root can get at alone.
  bool deny_notable = false;  ///< Deny what `cves` proposes.
  bool loaded = false;
  bool verify = true;
  bool open = false;
  bool modversions = false;
  std::vector<std::string> aliases;
  std::vector<std::string> profiles;
  std::vector<std::string> certificates;
  std::string duration;  ///< How long a module is unblocked, such as "2h".
  std::string reason;
  std::string level;                   ///< Of a freeze; empty: the policy's, or all.
  bool check = false;                  ///< Ask whether the host is ready, and freeze nothing.
  bool when_ready = false;             ///< Wait until it is.
  std::vector<std::string> overrides;  ///< Modules to deny although the host needs them.
  unsigned jobs = 0;
  std::shared_ptr<Budget> budget = std::make_shared<Budget>();  ///< For what others made.
  std::string since;  ///< Of events: "today", "yesterday", "boot", a time, or "2h".
  std::string until;
  std::vector<std::string> modules;  ///< Events of these alone.
  bool failed = false;               ///< Events that failed alone.
  bool follow = false;               ///< Events as they come.
  std::string data;                  ///< Tables of known holes for this run.
  std::string vulns;                 ///< What such tables are built of: a checkout of vulns.git,
  std::vector<std::string> kernel_sources;  ///< trees of the kernel's source,
  std::string kev;                          ///< CISA's catalog,
  std::string kernelctf;                    ///< a checkout of google/security-research,
  std::string notable;                      ///< and the table that is kept by hand.
  std::string date;                         ///< Of the newest record.
  bool older = false;                       ///< Install tables that are older.
  bool trust_makefiles = false;             ///< Root, too, runs what those trees have make run.
};

/// What the command line comes to: a verb to run, or a text to print (help, version).
struct CommandLine {
  Options options;
  std::string text;
};

/// Errors are of kind `usage`: one line, with the nearest name where there is one.
Result<CommandLine> parse_command_line(int argc, const char* const* argv);

}  // namespace kmodsec
