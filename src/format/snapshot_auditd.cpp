// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_subjects.hpp"
#include "model/auditd/audit_rule_text.hpp"
#include "model/auditd/event_words.hpp"

namespace kmodsec {

// The rules of the audit system, and the events that it recorded.

template <>
constexpr std::array snapshot_words<EventAction> = {EventAction::load, EventAction::unload};
template <>
constexpr std::array snapshot_words<EventOrigin> = {EventOrigin::user, EventOrigin::autoload,
                                                    EventOrigin::boot, EventOrigin::daemon};
template <>
constexpr std::array snapshot_words<EventSource> = {EventSource::none, EventSource::record,
                                                    EventSource::command};
template <>
constexpr std::array snapshot_words<AuditRuleLoader> = {
    AuditRuleLoader::unknown, AuditRuleLoader::augenrules, AuditRuleLoader::auditctl,
    AuditRuleLoader::nothing};

KMODSEC_SNAPSHOT_FIELDS(AuditField, name, op, value)
KMODSEC_SNAPSHOT_FIELDS(AuditRule, list, action, arch, calls, fields, key, source, line)
KMODSEC_SNAPSHOT_FIELDS(AuditStatus, enabled, daemon, lost, backlog_limit, rate_limit)
KMODSEC_SNAPSHOT_FIELDS(AuditRuleProblem, source, line, text, reason, stops, sure)
KMODSEC_SNAPSHOT_FIELDS(AuditRuleFiles, loader, loaded_by, from, rules, problems, locks,
                        switches_off)
KMODSEC_SNAPSHOT_FIELDS(AuditdState, auditd, status, active, written)
KMODSEC_SNAPSHOT_FIELDS(EventUser, id, name)
KMODSEC_SNAPSHOT_FIELDS(ModuleEvent, time, milliseconds, serial, node, action, module, module_from,
                        path, error, syscall, arch, arguments, pid, ppid, session, uid, auid, comm,
                        exe, command, key, at_boot, origin, kernel_log)
KMODSEC_SNAPSHOT_FIELDS(AuditLogGap, from, until, why)
KMODSEC_SNAPSHOT_FIELDS(EventLog, log, since, first, last, events, gaps, unseen)

}  // namespace kmodsec
