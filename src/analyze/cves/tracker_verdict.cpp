// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/tracker_verdict.hpp"

#include <algorithm>
#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/package_version.hpp"
#include "base/text.hpp"
#include "model/cves/cves_report.hpp"

namespace kmodsec {
namespace {

/// What tells the release of the distribution: "~deb12" of "~deb12u1", "~20" of "~20.04.1",
/// ".el9_4". Empty where nothing does.
std::string_view release_mark(std::string_view version) {
  std::size_t start = version.find('~');
  if (start == std::string_view::npos) {
    start = version.find(".el");
    return start == std::string_view::npos ? std::string_view{} : version.substr(start);
  }
  const std::size_t digits = version.find_first_of("0123456789", start);
  if (digits == std::string_view::npos) return version.substr(start);
  const std::size_t end = version.find_first_not_of("0123456789", digits);
  return version.substr(start, end == std::string_view::npos ? end : end - start);
}

/// Compares the versions of two packages of one line, ".el9_4" apart, which rpm orders otherwise.
std::strong_ordering compare_builds(std::string_view left, std::string_view right) {
  return compare_package_versions(left.substr(0, left.find(".el")),
                                  right.substr(0, right.find(".el")));
}

/// "el9" of "5.14.0-427.13.1.el9_4".
std::string_view red_hat_release(std::string_view version) {
  const std::size_t start = version.find(".el");
  if (start == std::string_view::npos) return {};
  const std::string_view mark = version.substr(start + 1);
  return mark.substr(0, mark.find_first_not_of("0123456789", 2));
}

/// Ubuntu has a source package for each flavour: "linux-aws", "linux-aws-5.15". The others, and
/// Ubuntu's own "generic", come of "linux", of one with a branch behind it, or of Red Hat's
/// "kernel".
bool is_package_of(std::string_view package, std::string_view flavour) {
  constexpr std::string_view start = "linux-";
  if (flavour.empty() || flavour.starts_with("generic")) {
    const bool is_of_branch = package.starts_with(start) && package.size() > start.size() &&
                              is_digit(package[start.size()]);
    return package == "linux" || package == "kernel" || is_of_branch ||
           (!flavour.empty() && package.starts_with("linux-hwe"));
  }
  if (!package.starts_with(start) || !package.substr(start.size()).starts_with(flavour))
    return false;
  const std::string_view rest = package.substr(start.size() + flavour.size());
  return rest.empty() || (rest.size() > 1 && rest[0] == '-' && is_digit(rest[1]));
}

bool has_line_of(const TrackerStatement& statement, std::string_view package) {
  return std::ranges::any_of(statement.versions, [&](const std::string& version) {
    return is_same_line(version, package);
  });
}

bool is_listed(const TrackerStatement& statement, std::string_view package) {
  return std::ranges::find(statement.versions, package) != statement.versions.end();
}

/// No version of its line is older than this one.
bool is_seen(const TrackerStatement& statement, std::string_view package) {
  return std::ranges::any_of(statement.versions, [&](const std::string& version) {
    return is_same_line(version, package) && compare_builds(package, version) <= 0;
  });
}

CveVerdict said(VexStatus status, const TrackerStatement& statement, std::string words) {
  return {status, CveDecider::tracker, statement.fixed_in,
          fmt::format("the tracker of {} {}: {}", statement.package, statement.stream, words)};
}

CveVerdict said_of_fix(const TrackerStatement& statement, std::string_view package) {
  const bool has_fix = compare_builds(package, statement.fixed_in) >= 0;
  return said(has_fix ? VexStatus::fixed : VexStatus::affected, statement,
              fmt::format("fixed in {}", statement.fixed_in));
}

/// A list of affected versions says nothing of what it does not list, but for the fix of its line.
std::optional<CveVerdict> by_list(const TrackerStatement& statement, std::string_view package) {
  if (is_listed(statement, package)) return said(VexStatus::affected, statement, "affected");
  const bool has_fix = statement.status == TrackerStatus::fixed &&
                       is_same_line(statement.fixed_in, package) &&
                       compare_builds(package, statement.fixed_in) >= 0;
  if (has_fix) return said_of_fix(statement, package);
  return std::nullopt;
}

/// A statement without versions is of all packages of a release of Red Hat.
std::optional<CveVerdict> by_release(const TrackerStatement& statement, std::string_view package) {
  if (statement.stream != red_hat_release(package)) return std::nullopt;
  return statement.status == TrackerStatus::not_affected
             ? said(VexStatus::not_affected, statement, "not affected")
             : said(VexStatus::affected, statement, "affected, without a fix");
}

std::optional<CveVerdict> verdict_of(const TrackerStatement& statement, std::string_view package) {
  if (statement.lists_affected) return by_list(statement, package);
  if (statement.versions.empty()) return by_release(statement, package);
  if (!has_line_of(statement, package)) return std::nullopt;
  switch (statement.status) {
    case TrackerStatus::not_affected:
      return said(VexStatus::not_affected, statement, "not affected");
    case TrackerStatus::fixed: return said_of_fix(statement, package);
    case TrackerStatus::affected: break;
  }
  if (!is_seen(statement, package)) return std::nullopt;
  return said(VexStatus::affected, statement, "open");
}

/// Of several statements that are of this package: the one that it is affected, where no other
/// names a fix that it has.
std::optional<CveVerdict> verdict_of(const CveTracker& tracker, std::string_view id,
                                     const KernelOrigin& origin) {
  std::optional<CveVerdict> decided;
  const auto range = std::ranges::equal_range(tracker.statements, id, {}, &TrackerStatement::id);
  for (const TrackerStatement& statement : range) {
    if (!is_package_of(statement.package, origin.flavour)) continue;
    auto verdict = verdict_of(statement, origin.package);
    if (!verdict) continue;
    const bool decides = !decided || verdict->status == VexStatus::fixed ||
                         (decided->status != VexStatus::fixed && is_open(verdict->status));
    if (decides) decided = std::move(verdict);
  }
  return decided;
}

bool comes_after(const CveVerdict& tracked, std::string_view reverted) {
  return tracked.status == VexStatus::fixed && compare_builds(tracked.fixed_in, reverted) > 0;
}

}  // namespace

bool is_same_line(std::string_view left, std::string_view right) {
  const auto a = parse_upstream_version(left.substr(left.find(':') + 1));
  const auto b = parse_upstream_version(right.substr(right.find(':') + 1));
  if (!a || !b || a->mainline != b->mainline) return false;
  return release_mark(left) == release_mark(right);
}

CveVerdict with_tracker(CveVerdict verdict, const CveTracker& tracker, std::string_view id,
                        const KernelOrigin& origin, std::string_view reverted) {
  if (origin.package.empty()) return verdict;
  auto tracked = verdict_of(tracker, id, origin);
  if (!tracked) return verdict;
  const bool says_open = is_open(tracked->status);
  if (!reverted.empty() && !says_open && !comes_after(*tracked, reverted)) return verdict;
  if (is_open(verdict.status)) return std::move(*tracked);
  if (!says_open || verdict.decider == CveDecider::changelog) return verdict;
  return {VexStatus::under_investigation, CveDecider::tracker, tracked->fixed_in,
          fmt::format("{}; but {}", verdict.words, tracked->words)};
}

}  // namespace kmodsec
