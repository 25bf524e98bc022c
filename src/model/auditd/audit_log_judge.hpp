// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/auditd/module_event.hpp"

namespace kmodsec {

/// What a record of the audit log says of the host itself.
enum class HostMoment {
  booting,             ///< The file systems of the host are there.
  started,             ///< The host has started.
  logged_in,           ///< Somebody has an audit user id now.
  going_down,          ///< The host is being shut down.
  auditd_started,      ///< Records are written again.
  auditd_ended,        ///< auditd was asked to stop.
  auditd_aborted,      ///< auditd died.
  auditd_resumed,      ///< auditd was told to write again.
  audit_off,           ///< The kernel makes no records (auditctl -e 0).
  audit_on,            ///< It makes them again.
  serials_began_anew,  ///< The kernel counts its records from the beginning.
};

/// One of them, in the log of one host.
struct NotedMoment {
  HostMoment moment = HostMoment::booting;
  std::int64_t time = 0;      ///< Seconds since 1970-01-01T00:00:00Z.
  std::int64_t previous = 0;  ///< Of the record before it, of that host; 0: there is none.
  std::string node;           ///< Empty where the log names no hosts.
};

/// Draws conclusions from an audit log while it is read, for whoever reads it only says what its
/// records have. Everything comes in the order of the log. See `analyze/auditd/event_origins.hpp`.
class AuditLogJudge {
 public:
  AuditLogJudge() = default;
  AuditLogJudge(const AuditLogJudge&) = delete;
  AuditLogJudge& operator=(const AuditLogJudge&) = delete;
  virtual ~AuditLogJudge() = default;

  virtual void note(const NotedMoment& noted) = 0;

  /// The log ends, at this time.
  virtual void end(std::int64_t time) = 0;

  /// Completes an event by what follows from it and from what came before. `is_of_helper` says
  /// that the program was called as the kernel calls its helper.
  virtual void judge(ModuleEvent& event, bool is_of_helper) = 0;

  /// The times of which the log cannot tell anything.
  virtual const std::vector<AuditLogGap>& gaps() const = 0;
};

}  // namespace kmodsec
