// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/cve_verdict.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/cves/tracker_verdict.hpp"
#include "base/text.hpp"
#include "model/cves/cves_report.hpp"

namespace kmodsec {
namespace {

/// One commit that brought the vulnerability in, and the releases that have its fix.
struct Introduction {
  std::string_view introduced;
  std::vector<std::string_view> fixed;
};

Introduction parse_introduction(std::string_view group) {
  const std::size_t arrow = group.find('>');
  Introduction introduction{.introduced = group.substr(0, arrow), .fixed = {}};
  if (arrow != std::string_view::npos) introduction.fixed = split(group.substr(arrow + 1), ',');
  return introduction;
}

/// A release of the mainline is in all that came after it; one of a stable branch in its later
/// ones.
bool has(const UpstreamVersion& kernel, std::string_view release) {
  const auto version = parse_upstream_version(release);
  if (!version) return false;
  if (!version->patch) return version->mainline <= kernel.mainline;
  return version->mainline == kernel.mainline && *version->patch <= kernel.patch.value_or(0);
}

/// The release of the kernel's own branch among those with a fix, if it is to come.
std::string_view later_on_branch(const UpstreamVersion& kernel,
                                 const std::vector<std::string_view>& fixed) {
  for (const std::string_view release : fixed) {
    const auto version = parse_upstream_version(release);
    if (version && version->patch && version->mainline == kernel.mainline &&
        *version->patch > kernel.patch.value_or(0))
      return release;
  }
  return {};
}

/// What a record says of a version, all its groups taken together.
struct Reading {
  bool reached = false;
  bool open = false;
  bool fix_on_branch = true;   ///< Each open group has one to come.
  bool mainline_alone = true;  ///< Each open group has a fix, and none in a stable release.
  std::string_view needs;      ///< The last of these.
  std::string_view has_fix;    ///< Of a covered group.
};

bool is_fixed_in_mainline_alone(const std::vector<std::string_view>& fixed) {
  const auto is_stable = [](std::string_view release) {
    const auto version = parse_upstream_version(release);
    return version && version->patch;
  };
  return !fixed.empty() && std::ranges::none_of(fixed, is_stable);
}

/// Records from before the CNA may know nothing of stable branches, which take fixes of the
/// mainline. A release of the mainline itself took none.
bool hides_fixes_of_branch(const UpstreamVersion& kernel, const KnownCve& cve,
                           const Reading& reading) {
  return cve.flags.contains('b') && reading.mainline_alone && kernel.patch.value_or(0) > 0;
}

std::string_view fix_of(const UpstreamVersion& kernel, const std::vector<std::string_view>& fixed) {
  const auto found =
      std::ranges::find_if(fixed, [&](std::string_view release) { return has(kernel, release); });
  return found == fixed.end() ? std::string_view{} : *found;
}

bool is_reached(const UpstreamVersion& kernel, const Introduction& introduction,
                bool tells_branches) {
  if (introduction.introduced == "0" || has(kernel, introduction.introduced)) return true;
  return !tells_branches && !later_on_branch(kernel, introduction.fixed).empty();
}

Reading read_versions(const UpstreamVersion& kernel, const KnownCve& cve) {
  const bool tells_branches = !cve.flags.contains('b');
  Reading reading;
  for (const std::string_view group : split(cve.versions, ';')) {
    const Introduction introduction = parse_introduction(group);
    if (!is_reached(kernel, introduction, tells_branches)) continue;
    reading.reached = true;
    if (const auto fix = fix_of(kernel, introduction.fixed); !fix.empty()) {
      reading.has_fix = fix;
      continue;
    }
    reading.open = true;
    const std::string_view next = later_on_branch(kernel, introduction.fixed);
    reading.fix_on_branch = reading.fix_on_branch && !next.empty();
    reading.mainline_alone =
        reading.mainline_alone && is_fixed_in_mainline_alone(introduction.fixed);
    if (version_less(reading.needs, next)) reading.needs = next;
  }
  return reading;
}

const KnownBranch* find_branch(const KnownCves& known, const std::string& name) {
  const auto found = std::ranges::find(known.branches, name, &KnownBranch::name);
  return found == known.branches.end() ? nullptr : &*found;
}

bool ends_before(const KnownCves& known, const UpstreamVersion& kernel) {
  if (const KnownBranch* branch = find_branch(known, kernel.branch()))
    return kernel.patch.value_or(0) > branch->patch;
  return std::ranges::none_of(known.branches, [&](const KnownBranch& branch) {
    const auto version = parse_upstream_version(branch.name);
    return version && version->mainline > kernel.mainline;
  });
}

CveVerdict by_changelog(const ChangelogMention& mention) {
  return {VexStatus::fixed, CveDecider::changelog, mention.version,
          fmt::format("the package's changelog names it in {}", mention.version)};
}

CveVerdict by_title(const ChangelogChange& change) {
  return {
      VexStatus::fixed, CveDecider::changelog_title, change.version,
      fmt::format("the package's changelog has the change that fixes it in {}", change.version)};
}

CveVerdict under_investigation(CveDecider decider, std::string words) {
  return {VexStatus::under_investigation, decider, {}, std::move(words)};
}

}  // namespace

CveJudge::CveJudge(const KnownCves& known, const KernelOrigin& origin,
                   const KernelChangelog* changelog)
    : known_(known), origin_(origin), changelog_(changelog) {
  if (origin_.upstream) is_newer_than_data_ = ends_before(known_, *origin_.upstream);
}

const ChangelogMention* CveJudge::mention_of(const KnownCve& cve) const {
  if (changelog_ == nullptr) return nullptr;
  const auto& mentions = changelog_->mentions;
  const auto found = std::ranges::lower_bound(mentions, cve.id, {}, &ChangelogMention::id);
  return found == mentions.end() || found->id != cve.id ? nullptr : &*found;
}

/// A fix that was taken back can have been made again in other words: nobody can tell from here.
CveVerdict CveJudge::reverted(const ChangelogMention& mention) const {
  return under_investigation(
      CveDecider::revert,
      fmt::format("the package's changelog fixes it in {} and takes '{}' back in {}",
                  mention.version, mention.title, mention.reverted));
}

/// A fix of the mainline release that a kernel is based on is in it. Nothing else is known: what
/// came later may have been taken in, the vulnerability as well as its fix.
CveVerdict CveJudge::judge_by_base(const KnownCve& cve) const {
  if (origin_.base && !cve.versions.empty()) {
    const Reading reading = read_versions(*origin_.base, cve);
    if (reading.reached && !reading.open)
      return {VexStatus::fixed, CveDecider::version, std::string(reading.has_fix),
              fmt::format("fixed in {}, before its base", reading.has_fix)};
  }
  return under_investigation(
      origin_.ask.empty() ? CveDecider::unknown_version : CveDecider::backports,
      "the version of this kernel does not tell");
}

CveVerdict CveJudge::judge_by_version(const KnownCve& cve) const {
  const UpstreamVersion& kernel = *origin_.upstream;
  const Reading reading = read_versions(kernel, cve);
  if (!reading.reached)
    return {VexStatus::not_affected, CveDecider::version, {}, "brought in by a later version"};
  if (!reading.open)
    return {VexStatus::fixed, CveDecider::version, std::string(reading.has_fix),
            fmt::format("fixed in {}", reading.has_fix)};
  if (reading.fix_on_branch)
    return {VexStatus::affected, CveDecider::version, std::string(reading.needs),
            fmt::format("fixed in {}", reading.needs)};
  if (hides_fixes_of_branch(kernel, cve, reading))
    return under_investigation(
        CveDecider::mainline_alone,
        "its record names fixes in the mainline alone: this branch may have taken them");
  if (is_newer_than_data_)
    return under_investigation(
        CveDecider::newer_than_data,
        "this kernel is newer than the data, which knows no fix on its branch");
  return {VexStatus::affected, CveDecider::version, {}, "no fix on this branch is known"};
}

CveVerdict CveJudge::judge_by_origin(const KnownCve& cve) const {
  if (!origin_.upstream) return judge_by_base(cve);
  if (cve.versions.empty())
    return under_investigation(CveDecider::unknown_range, "its record names no versions");
  return judge_by_version(cve);
}

/// A commit bears the year of its id, or a later one: an older change of the same title is another.
const ChangelogChange* CveJudge::change_of(const KnownCve& cve) const {
  if (changelog_ == nullptr || cve.title.empty()) return nullptr;
  const auto& changes = changelog_->changes;
  const auto found = std::ranges::lower_bound(changes, cve.title, {}, &ChangelogChange::digest);
  if (found == changes.end() || found->digest != cve.title) return nullptr;
  const auto year = parse_number<unsigned>(cve.id.substr(0, cve.id.find('-')));
  return year && found->year >= *year ? &*found : nullptr;
}

/// The changelog has a say where the version leaves the vulnerability open, and where it takes a
/// fix back.
CveVerdict CveJudge::judge_by_package(const KnownCve& cve) const {
  CveVerdict verdict = judge_by_origin(cve);
  const ChangelogMention* mention = mention_of(cve);
  if (mention != nullptr && !mention->reverted.empty())
    return verdict.status == VexStatus::fixed ? reverted(*mention) : verdict;
  if (!is_open(verdict.status)) return verdict;
  if (mention != nullptr) return by_changelog(*mention);
  if (const ChangelogChange* change = change_of(cve)) return by_title(*change);
  return verdict;
}

CveVerdict CveJudge::judge(const KnownCve& cve) const {
  if (cve.flags.contains('U') && origin_.vendor != "Ubuntu")
    return {VexStatus::not_affected, CveDecider::version, {}, "in kernels of Ubuntu alone"};
  CveVerdict verdict = judge_by_package(cve);
  if (known_.tracker == nullptr) return verdict;
  const ChangelogMention* mention = mention_of(cve);
  return with_tracker(std::move(verdict), *known_.tracker, cve.id, origin_,
                      mention == nullptr ? std::string_view{} : mention->reverted);
}

}  // namespace kmodsec
