// SPDX-License-Identifier: GPL-2.0-or-later
//
// What entered and left the kernel, as the audit log and the kernel's own log tell it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/report.hpp"
#include "model/seen.hpp"

namespace kmodsec {

enum class EventAction { load, unload };

/// Who wanted it.
enum class EventOrigin {
  user,      ///< Somebody who had logged in: the audit user id is set.
  autoload,  ///< The kernel's own helper, for whoever made the kernel need the module.
  boot,      ///< A program, before the host had started.
  daemon,    ///< A program that nobody who had logged in has started.
};

/// Where the name of a module or the path of its file is from.
enum class EventSource {
  none,
  record,   ///< The kernel said it.
  command,  ///< Guessed from the command line of the program.
};

/// A user as a record has it.
struct EventUser {
  std::optional<std::uint32_t> id;  ///< Nothing when it is unset.
  std::string name;                 ///< As the host knew it at that time; may be empty.
};

/// One call of the kernel, of all records that belong to it.
struct ModuleEvent {
  std::int64_t time = 0;  ///< Seconds since 1970-01-01T00:00:00Z.
  std::uint32_t milliseconds = 0;
  std::uint64_t serial =
      0;             ///< Of the audit system, since boot; 0 for what only the kernel log has.
  std::string node;  ///< The host, where logs of several are kept together.
  EventAction action = EventAction::load;
  std::string module;  ///< Normalised; empty when nothing tells.
  EventSource module_from = EventSource::none;
  std::string path;          ///< Of the file, where it is known.
  std::optional<int> error;  ///< As in errno(3), 0 for success; nothing when it is not known.
  std::string syscall;
  std::string arch;                    ///< "b64", "b32", or empty.
  std::vector<std::string> arguments;  ///< Of the call; flags by their names.
  std::optional<std::uint32_t> pid;
  std::optional<std::uint32_t> ppid;
  std::optional<std::uint32_t> session;
  EventUser uid;
  EventUser auid;
  std::string comm;
  std::string exe;
  std::string command;  ///< The command line, joined by blanks.
  std::string key;
  bool at_boot = false;  ///< Before the host had started.
  std::optional<EventOrigin> origin;
  std::vector<std::string> kernel_log;  ///< What the kernel said of this module then.
};

/// A time from which nothing can be known.
struct AuditLogGap {
  std::int64_t from = 0;  ///< Seconds since 1970-01-01T00:00:00Z; 0: from the beginning.
  std::int64_t until = 0;
  std::string why;
};

/// What the audit log holds of modules.
struct EventLog {
  std::string log;         ///< Path of the newest file.
  std::int64_t since = 0;  ///< From when it was asked for.
  std::int64_t first = 0;  ///< Time of the oldest record that was read; 0: there is none.
  std::int64_t last = 0;
  std::vector<ModuleEvent> events;
  std::vector<AuditLogGap> gaps;
  std::vector<Unseen> unseen;
};

/// How often something happened.
struct EventCounts {
  std::size_t loads = 0;
  std::size_t unloads = 0;
  std::size_t failed = 0;
};

/// The answer to who did what.
struct EventReport {
  std::string log;  ///< Empty: there is no audit log.
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::vector<ModuleEvent> events;
  std::vector<AuditLogGap> gaps;
  std::map<std::string, EventCounts> by_module;
  std::map<std::string, EventCounts> by_user;  ///< See `who`.
  std::vector<Unseen> unseen;
  bool without_modules = false;  ///< The kernel that runs can load no module at all.
};

}  // namespace kmodsec
