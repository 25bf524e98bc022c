// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace kmodsec {

/// An entry with fields of its own, as systemd's journal keeps them (systemd.journal-fields(7)).
struct JournalEntry {
  int priority = 6;  ///< As in syslog(3): 2 is critical, 6 is information.
  std::string message;
  std::string message_id;  ///< 32 hex digits: what kind of message it is.
  std::vector<std::pair<std::string, std::string>> fields;
};

/// Writes to the journal that takes entries at this socket. Where none does, the message goes to
/// syslog without its fields.
void write_journal(const std::string& socket, const JournalEntry& entry);

}  // namespace kmodsec
