// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/auditd/audit_log_judge.hpp"

namespace kmodsec {

/// Who wanted each event, and when nothing was recorded, for each host of a log by itself. A boot
/// begins with what systemd-update-utmp(8) writes, or where the kernel counts anew; it is over with
/// the same program's next record, with the first login, or after ten minutes.
class EventOrigins final : public AuditLogJudge {
 public:
  void note(const NotedMoment& noted) override;
  void end(std::int64_t time) override;
  void judge(ModuleEvent& event, bool is_of_helper) override;
  const std::vector<AuditLogGap>& gaps() const override { return gaps_; }

 private:
  struct Host {
    std::optional<std::int64_t> boot_since;  ///< Until the host has started.
    std::int64_t started = 0;                ///< When auditd started; 0: it was not seen to run.
    std::int64_t down_since = 0;             ///< Of auditd; 0 while it runs.
    std::int64_t off_since = 0;              ///< Of the kernel's audit system.
    bool going_down = false;
  };

  void note_auditd_started(const NotedMoment& noted, Host& host);
  void note_auditd_ended(const NotedMoment& noted, Host& host);
  void end_off(std::int64_t time, Host& host);
  void add_gap(std::int64_t from, std::int64_t until, const char* why);

  std::map<std::string, Host> hosts_;
  std::vector<AuditLogGap> gaps_;
};

}  // namespace kmodsec
