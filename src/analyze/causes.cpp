// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/causes.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace kmodsec {
namespace {

class Causes {
 public:
  explicit Causes(const std::vector<CheckResult>& results) {
    for (const CheckResult& result : results) {
      if (result.verdict.status != Status::fail) continue;
      auto& subjects = failed_[result.check->id];
      for (const Finding& finding : result.verdict.findings) subjects.insert(finding.subject);
    }
  }

  /// The first that explains a result; empty where none does.
  std::string_view of(const CheckResult& result) const {
    if (result.verdict.status != Status::fail) return {};
    for (const std::string_view id : result.check->follows) {
      const auto other = failed_.find(id);
      if (other != failed_.end() && covers(other->second, result.verdict.findings)) return id;
    }
    return {};
  }

 private:
  using Subjects = std::set<std::string_view>;

  static bool covers(const Subjects& subjects, const std::vector<Finding>& findings) {
    return std::ranges::all_of(findings, [&](const Finding& finding) {
      return finding.subject.find(' ') != std::string::npos || subjects.contains(finding.subject);
    });
  }

  std::map<std::string_view, Subjects> failed_;
};

}  // namespace

void find_causes(std::vector<CheckResult>& results) {
  const Causes causes(results);
  for (CheckResult& result : results) result.cause = causes.of(result);
  for (CheckResult& result : results) {
    const auto cause = std::ranges::find(results, result.cause,
                                         [](const CheckResult& other) { return other.check->id; });
    if (!result.cause.empty() && cause != results.end() && !cause->cause.empty())
      result.cause = cause->cause;
  }
}

}  // namespace kmodsec
