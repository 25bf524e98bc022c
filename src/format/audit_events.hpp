// SPDX-License-Identifier: GPL-2.0-or-later
//
// Joins the records of an audit log to events of modules.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "format/audit_sieve.hpp"
#include "model/module_event.hpp"

namespace kmodsec {

/// Takes what the sieve lets through, in the order of the log. What a program was called with and
/// where it stood is known from the record of its start; what a boot is, from the records of
/// systemd-update-utmp(8) and the first login.
class AuditEvents {
 public:
  explicit AuditEvents(std::function<void(ModuleEvent)> take) : take_(std::move(take)) {}

  void add(const AuditEventLines& event);

  /// When auditd was down, as far as its own records tell.
  const std::vector<TrailGap>& gaps() const { return gaps_; }

 private:
  /// A program of kmod that was started.
  struct Start {
    std::uint32_t pid = 0;
    std::string comm;
    std::vector<std::string> arguments;
    std::string folder;
  };

  bool is_at_boot(std::int64_t time) const;
  void note_state(const AuditRecord& record);
  void note_start(const std::vector<AuditRecord>& records, const ModuleEvent& seen);
  void complete(const std::vector<AuditRecord>& records, ModuleEvent event);
  const Start* start_of(const ModuleEvent& event) const;

  std::function<void(ModuleEvent)> take_;
  std::deque<Start> starts_;
  std::int64_t down_since_ = 0;
  std::uint64_t newest_serial_ = 0;
  std::optional<std::int64_t> boot_since_;  ///< Until the host has started.
  bool going_down_ = false;
  std::vector<TrailGap> gaps_;
};

}  // namespace kmodsec
