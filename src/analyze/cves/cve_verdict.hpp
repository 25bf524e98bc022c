// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "analyze/cves/kernel_origin.hpp"
#include "model/cves/cve_tracker.hpp"
#include "model/cves/cve_verdict.hpp"
#include "model/cves/kernel_changelog.hpp"
#include "model/cves/known_cves.hpp"

namespace kmodsec {

/// Holds vulnerabilities against one kernel. All that it is given must outlive it.
class CveJudge {
 public:
  /// `changelog` may be null.
  CveJudge(const KnownCves& known, const KernelOrigin& origin, const KernelChangelog* changelog);

  CveVerdict judge(const KnownCve& cve) const;

  /// The tables end before this version of its branch.
  bool is_newer_than_data() const { return is_newer_than_data_; }

 private:
  const ChangelogMention* mention_of(const KnownCve& cve) const;
  const ChangelogChange* change_of(const KnownCve& cve) const;
  CveVerdict judge_by_origin(const KnownCve& cve) const;
  CveVerdict judge_by_package(const KnownCve& cve) const;
  CveVerdict judge_by_base(const KnownCve& cve) const;
  CveVerdict judge_by_version(const KnownCve& cve) const;
  CveVerdict reverted(const ChangelogMention& mention) const;

  const KnownCves& known_;
  const KernelOrigin& origin_;
  const KernelChangelog* changelog_;
  bool is_newer_than_data_ = false;
};

}  // namespace kmodsec
