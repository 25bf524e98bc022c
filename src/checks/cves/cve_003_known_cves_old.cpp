// SPDX-License-Identifier: GPL-2.0-or-later
#include <utility>

#include <fmt/format.h>

#include "analyze/cves/judge_cves.hpp"
#include "base/utc_time.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  if (auto verdict = why_no_cves(facts)) return std::move(*verdict);
  if (!facts.known_cves) return unknown(facts.known_cves.error());
  if (!is_old(*facts.known_cves, facts.time)) return judge({});
  return judge(
      {{"tables of known vulnerabilities",
        fmt::format("are of {}, {} days old: they know nothing that was published since",
                    utc_date(facts.known_cves->date), age_in_days(*facts.known_cves, facts.time)),
        {{"kmodsec data show", {}, utc_date(facts.known_cves->date)}}}});
}

}  // namespace

extern const Check cve_003_known_cves_old{
    .id = "CVE-003",
    .title = "The tables of known vulnerabilities are younger than 60 days",
    .fault = "The tables of known vulnerabilities are older than 60 days",
    .severity = Severity::low,
    .method =
        "The date of the tables of known vulnerabilities. It fails where they are more than 60 "
        "days old.",
    .rationale =
        "More than a hundred vulnerabilities of the kernel are published in a week. With older "
        "tables it says little that a module has no known vulnerability.",
    .remedy =
        "kmodsec data import FILE installs newer tables, and kmodsec-data.timer fetches and "
        "imports them every day; docs/cve-tables.md says where they are published, and how they "
        "are built and signed.",
    .references = {"man:kmodsec(8)", "https://docs.kernel.org/process/cve.html"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
