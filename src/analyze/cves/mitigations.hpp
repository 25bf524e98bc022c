// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyze/cves/kernel_origin.hpp"
#include "analyze/loading/configured_load_paths.hpp"
#include "model/cves/cves_report.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// What can be done about the vulnerabilities of the modules of one kernel.
class MitigationFinder {
 public:
  using Answers = std::vector<const CveAnswer*>;

  /// `candidates`: modules whose deny is thought of. All that it is given must outlive it.
  MitigationFinder(const Facts& facts, const ModuleTree& tree, const KernelOrigin& origin,
                   const std::vector<std::string>& candidates);

  /// Goes by the notable of its open vulnerabilities, or, where there are none, by all that are
  /// open.
  std::vector<Mitigation> mitigations_of(const ModuleCves& module) const;

 private:
  void mitigate_by_source(const Answers& answers, std::vector<Mitigation>& mitigations) const;
  std::optional<Mitigation> mitigate_by_deny(const ModuleCves& module,
                                             const Answers& answers) const;
  std::optional<std::string> who_wants(const std::string& module) const;
  std::optional<std::string> load_path_left_open(const std::string& module) const;

  const Facts& facts_;
  const KernelOrigin& origin_;
  std::optional<ConfiguredLoadPaths>
      after_deny_;  ///< Nothing where the configuration was not seen.
};

/// Whether a deny would hold and breaks nothing that is in use.
bool is_deniable(const ModuleCves& module);

}  // namespace kmodsec
