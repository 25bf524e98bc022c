// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyze/cves/cve_verdict.hpp"
#include "analyze/cves/kernel_origin.hpp"
#include "analyze/loading/load_paths.hpp"
#include "model/cves/cves_report.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// The known vulnerabilities of one kernel's modules. `facts` with its tables, and `tree`, must
/// outlive it.
class CvesOfKernel {
 public:
  CvesOfKernel(const Facts& facts, const ModuleTree& tree);

  /// The verdicts alone of a module by its normalised name: who can get at them is not asked.
  /// Nothing where this kernel has no such module.
  std::optional<std::vector<CveAnswer>> verdicts(const std::string& module) const;

  /// Finds a module by its normalised name, and each of its vulnerabilities with its verdict,
  /// without mitigations.
  ModuleCves of(const std::string& module) const;

  /// The open vulnerabilities that have an exploit, by module, whether it is in this kernel or not.
  std::unordered_map<std::string_view, std::vector<CveAnswer>> exploited() const;

  /// Finds each module of this kernel, loadable, built in or loaded, with an open vulnerability
  /// that has an exploit: these vulnerabilities alone.
  std::vector<ModuleCves> notable() const;

  /// Finds each module of this kernel that has a record.
  std::vector<ModuleCves> all() const;

  /// How many vulnerabilities of its modules nobody can tell of, as `all` counts them.
  std::size_t undecided() const;

  /// Why there is no verdict, for the kernel as a whole.
  std::string why_untold() const;

  const KernelOrigin& origin() const { return origin_; }
  bool is_newer_than_data() const { return judge_.is_newer_than_data(); }

 private:
  using Records = std::vector<const KnownCve*>;

  std::unordered_map<std::string_view, Records> open_exploited() const;
  ModuleCves place(const std::string& module) const;
  ModuleCves judged(const std::string& module, const Records& records) const;
  const LoadPaths& load_paths() const;
  const std::unordered_map<std::string_view, Records>& index() const;
  Records records_of(const std::string& module) const;
  AttackerPosition position_of(const KnownCve& cve, const ModuleCves& module) const;
  const std::unordered_set<std::string_view>& modules_here() const;
  bool is_here(std::string_view module) const { return modules_here().contains(module); }

  const Facts& facts_;
  const ModuleTree& tree_;
  KernelOrigin origin_;
  CveJudge judge_;
  mutable std::unordered_map<std::string_view, Records> index_;  ///< By module, once asked for.
  mutable std::unordered_set<std::string_view> here_;  ///< Of this kernel, once asked for.
  mutable std::optional<LoadPaths>
      load_paths_;  ///< Made when somebody asks who can get at a module.
};

/// The modules that a record names.
std::vector<std::string_view> modules_of(const KnownCve& cve);

/// Whether any record names the module.
bool is_in_tables(const KnownCves& known, std::string_view module);

/// Worst first: by exploit, being in the kernel, and reach.
bool is_worse(const ModuleCves& left, const ModuleCves& right);

}  // namespace kmodsec
