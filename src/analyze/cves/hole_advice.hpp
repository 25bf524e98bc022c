// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyze/loading/configured_doors.hpp"
#include "analyze/cves/kernel_origin.hpp"
#include "model/derived.hpp"
#include "model/cves/holes_report.hpp"

namespace kmodsec {

/// What can be done about the holes of the modules of one kernel.
class HoleAdviser {
 public:
  using Answers = std::vector<const HoleAnswer*>;

  /// `candidates`: modules whose deny is thought of. All that it is given must outlive it.
  HoleAdviser(const Facts& facts, const Derived& derived, const ModuleTree& tree,
              const KernelOrigin& origin, const std::vector<std::string>& candidates);

  /// By the notable of its open holes, or, where there are none, by all that are open.
  std::vector<AdviceLine> advise(const ModuleHoles& module) const;

 private:
  void advise_source(const Answers& answers, std::vector<AdviceLine>& advice) const;
  std::optional<AdviceLine> advise_deny(const ModuleHoles& module, const Answers& answers) const;
  std::optional<std::string> who_wants(const std::string& module) const;
  AdviceLine advise_loaded(const ModuleHoles& module, const Answers& answers) const;
  std::optional<std::string> door_left_open(const std::string& module) const;

  const Facts& facts_;
  const Derived& derived_;
  const KernelOrigin& origin_;
  std::optional<ConfiguredDoors> after_deny_;  ///< Nothing where the configuration was not seen.
};

/// Whether a deny would hold and breaks nothing that is in use.
bool is_deniable(const ModuleHoles& module);

}  // namespace kmodsec
