// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_laws.hpp"

#include <algorithm>

#include "base/utc_time.hpp"

namespace kmodsec {
namespace {

bool have_sources(const Seen<TrustSources>& trust) {
  return !trust || std::ranges::none_of(trust->certificates, &std::vector<CertificateSource>::empty,
                                        &Certificate::sources);
}

bool have_calls(const std::vector<AuditRule>& rules) {
  return std::ranges::none_of(rules, &std::vector<std::string>::empty, &AuditRule::calls);
}

bool have_calls(const Seen<AuditdState>& auditd) {
  if (!auditd) return true;
  return (!auditd->active || have_calls(*auditd->active)) &&
         (!auditd->written || have_calls(auditd->written->rules));
}

/// Whoever looks a module up in a record relies on that.
template <class Used>
bool are_in_order(const std::vector<Used>& used) {
  return std::ranges::adjacent_find(used, [](const Used& one, const Used& next) {
           return one.module >= next.module;
         }) == used.end();
}

bool is_in_order(const Seen<UsageRecord>& usage) {
  return !usage || (are_in_order(usage->modules) && are_in_order(usage->stopped));
}

}  // namespace

Result<void> keeps_laws(const Facts& facts) {
  const auto broken = [](const char* law) {
    return failure(ErrorKind::malformed, "", std::string("damaged snapshot: ") + law);
  };
  if (facts.time < 0 || facts.time > last_second) return broken("a time out of all bounds");
  if (!have_sources(facts.trust)) return broken("a certificate that was found nowhere");
  if (!have_calls(facts.auditd)) return broken("a rule of audit for no call");
  if (!is_in_order(facts.usage)) return broken("a record of use that is not in order");
  return {};
}

}  // namespace kmodsec
