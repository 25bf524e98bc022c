// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "model/report.hpp"

namespace kmodsec {

/// What every verb is asked: which machine it is about, and how to answer. A verb's own options
/// begin with these.
struct Options {
  std::string verb;

  std::string format = "text";
  std::string root;
  std::string kernel;
  std::string snapshot;
  std::string output;
  std::string color = "auto";
  Severity fail_on = Severity::medium;
  bool quiet = false;
  bool no_pager = false;  ///< A long text is printed like a short one.
  std::vector<std::string> certificates;
  std::vector<std::string>
      initramfs;  ///< Images that boot the kernel, of the verbs that read these.
  unsigned jobs = 0;
  std::shared_ptr<Budget> budget = std::make_shared<Budget>();  ///< For what others made.

  std::string
      data;  ///< Tables of known vulnerabilities for this run, of the verbs that ask for these.
  std::string tracker;  ///< A file of the distribution's tracker of vulnerabilities, of the same.
  std::string store;    ///< The database of a verb that keeps one; empty: the one of this host.
  bool follow = false;  ///< It has no end of its own.
};

/// The options of the verbs that plan for a host or change it.
struct ChangeOptions : Options {
  bool yes = false;                    ///< Do it without asking.
  bool unattended = false;             ///< What is denied stays so: see staying_denies.hpp.
  std::chrono::seconds patience{10};   ///< For another run that changes the host.
  bool dry_run = false;                ///< Tell what would come of it, and do nothing.
  bool verbose = false;                ///< Show the whole of each change.
  std::vector<std::string> overrides;  ///< Modules in spite of which it is done.
  std::string
      from_mode;  ///< "observe": what was only observed so far is denied; of plan and apply.
};

}  // namespace kmodsec
