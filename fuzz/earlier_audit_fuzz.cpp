// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/audit_comparison.hpp"
#include "format/earlier_audit.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto earlier = parse_earlier_audit(input);
  if (!earlier) return;
  const Facts facts;
  AuditReport report{.facts = &facts, .results = {}, .unseen = {}};
  compare_audits(*earlier, report);
  require(report.comparison.has_value());
  require(report.comparison->new_findings == 0 && report.comparison->known_findings == 0);
  require(report.comparison->gone.empty());
  require(report.comparison->undecided.size() == earlier->findings.size());
}
