// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/auditd/audit_log_judge.hpp"

namespace kmodsec {

/// Who wanted each event, and when auditd was down. A boot begins with what systemd-update-utmp(8)
/// writes, or where the kernel counts anew; it is over with the same program's next record, with
/// the first login, or after ten minutes.
class EventOrigins final : public AuditLogJudge {
 public:
  void note(HostMoment moment, std::int64_t time) override;
  void judge(ModuleEvent& event, bool is_of_helper) override;
  const std::vector<AuditLogGap>& gaps() const override { return gaps_; }

 private:
  bool is_at_boot(std::int64_t time) const;
  void note_auditd_started(std::int64_t time);

  std::optional<std::int64_t> boot_since_;  ///< Until the host has started.
  std::int64_t down_since_ = 0;             ///< Of auditd; 0 while it runs.
  bool going_down_ = false;
  std::vector<AuditLogGap> gaps_;
};

}  // namespace kmodsec
