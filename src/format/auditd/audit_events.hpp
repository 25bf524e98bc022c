// SPDX-License-Identifier: GPL-2.0-or-later
//
// Joins the records of an audit log to events of modules.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "format/auditd/audit_sieve.hpp"
#include "model/auditd/audit_log_judge.hpp"
#include "model/auditd/module_event.hpp"

namespace kmodsec {

/// Takes what the sieve lets through, in the order of the log, and makes events of it. What a
/// program was called with and where it stood is known from the record of its start. What follows
/// from an event, and from the records about the host, `judge` says.
class AuditEvents {
 public:
  AuditEvents(AuditLogJudge& judge, std::function<void(ModuleEvent)> take)
      : judge_(judge), take_(std::move(take)) {}

  void add(const AuditEventLines& event);

 private:
  /// A program of kmod that was started.
  struct Start {
    std::uint32_t pid = 0;
    std::string node;
    std::string comm;
    std::vector<std::string> arguments;
    std::string folder;
  };

  void note_serial(const AuditEventLines& event);
  void note_start(const std::vector<AuditRecord>& records, const ModuleEvent& seen);
  void complete(const std::vector<AuditRecord>& records, ModuleEvent event);
  const Start* start_of(const ModuleEvent& event) const;

  AuditLogJudge& judge_;
  std::function<void(ModuleEvent)> take_;
  std::deque<Start> starts_;
  std::map<std::string, std::uint64_t> newest_serials_;  ///< Of each host.
};

}  // namespace kmodsec
