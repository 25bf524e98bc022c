// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "analyze/cves/kernel_origin.hpp"
#include "model/cves/hole_verdict.hpp"
#include "model/cves/kernel_changelog.hpp"
#include "model/cves/known_holes.hpp"

namespace kmodsec {

/// Holds holes against one kernel. All that it is given must outlive it.
class HoleJudge {
 public:
  /// `changelog` may be null.
  HoleJudge(const KnownHoles& known, const KernelOrigin& origin, const KernelChangelog* changelog);

  HoleVerdict judge(const HoleRecord& hole) const;

  /// The tables end before this version of its branch.
  bool is_newer_than_data() const { return is_newer_than_data_; }

 private:
  const ChangelogMention* mention_of(const HoleRecord& hole) const;
  HoleVerdict judge_by_base(const HoleRecord& hole) const;
  HoleVerdict judge_by_version(const HoleRecord& hole) const;
  HoleVerdict reverted(const ChangelogMention& mention) const;

  const KnownHoles& known_;
  const KernelOrigin& origin_;
  const KernelChangelog* changelog_;
  bool is_newer_than_data_ = false;
};

}  // namespace kmodsec
