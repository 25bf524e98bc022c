// SPDX-License-Identifier: GPL-2.0-or-later
//
// Finds the few events of an audit log that matter, by a look at the first bytes of each line.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "format/auditd/audit_calls.hpp"
#include "format/auditd/audit_record.hpp"
#include "model/auditd/module_event.hpp"

namespace kmodsec {

/// The records of one event, in the order of the log.
struct AuditEventLines {
  std::string node;
  AuditStamp stamp;
  std::vector<std::string> lines;
  std::int64_t previous = 0;  ///< Seconds of the record before them, of the same host; 0: none.
};

/// Bytes of a log in, in pieces of any size; out come whole events that load or unload a module,
/// that start kmod, or that tell of the audit system, a boot or a login. Records of one event may
/// stand apart and in any order: those within 64 KiB before and two seconds after the one that
/// gives it away are found.
class AuditSieve {
 public:
  explicit AuditSieve(std::function<void(AuditEventLines)> take) : take_(std::move(take)) {}

  void feed(std::string_view bytes);

  /// What is still open is whole: nothing comes any more, or not for now. A line without an end
  /// stays, for more of it may follow.
  void settle();

  /// A file ends here: what has no end is a line, too. Its event may go on in the next file.
  void end_line();

  /// The log ends here.
  void finish();

  /// Records of an event came, and more may come.
  bool is_open() const { return !pending_.empty(); }

  /// Times of the oldest and the newest record, whatever they are about and wherever they stand, in
  /// seconds; 0: there is none.
  std::int64_t first() const { return first_; }
  std::int64_t last() const { return last_; }
  const std::vector<AuditLogGap>& clock_steps() const { return clock_steps_; }

 private:
  struct OpenEvent {
    AuditEventLines event;
    std::string mark;  ///< As its records have it.
    std::size_t bytes = 0;
  };

  void read(std::string_view line, std::size_t start);
  bool add_to_open_event(std::string_view line);
  bool is_of_interest(const AuditRecord& record);
  AuditCall call_of(const AuditRecord& record);
  void note_bounds(std::string_view line);
  void note_time(const AuditRecord& record);
  void begin(const AuditRecord& record, std::size_t start, std::size_t length);
  static void add(OpenEvent& open, const AuditRecord& record, std::string_view line);
  void look_back(OpenEvent& found, std::size_t start);
  void settle_before(std::int64_t seconds, std::string_view node);

  std::function<void(AuditEventLines)> take_;
  std::string window_;     ///< Lines that were read, and what is not read yet.
  std::size_t read_ = 0;   ///< Where in the window reading goes on.
  bool too_long_ = false;  ///< In the middle of a line that nothing will be made of.
  std::vector<OpenEvent> pending_;
  std::map<std::string, AuditCall, std::less<>> calls_;  ///< By the words of a record.
  /// What was read of a host.
  struct Host {
    AuditStamp newest;          ///< Of the kernel's records that were looked at.
    std::int64_t previous = 0;  ///< Of the line before this one.
    std::int64_t current = 0;   ///< Of this line.
  };
  Host& host_of(std::string_view node);

  Host only_host_;  ///< Where the log names no hosts, or too many.
  std::map<std::string, Host, std::less<>> hosts_;
  std::int64_t first_ = 0;
  std::int64_t last_ = 0;
  std::vector<AuditLogGap> clock_steps_;
};

}  // namespace kmodsec
