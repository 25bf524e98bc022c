// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a host really used: the record of 'kmodsec learn', over many boots.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// The record is bounded: what was imported goes first, then what is the oldest.
inline constexpr std::size_t most_recorded_modules = 20'000;
inline constexpr std::size_t most_recorded_boots = 256;
inline constexpr std::size_t most_requesters = 4;
inline constexpr std::size_t longest_usage_text = 512;  ///< Bytes of one text in it.

/// Who asked for a module.
enum class RequesterKind {
  boot,     ///< A line of the configuration, or a program while the host started.
  device,   ///< udev, with the alias of a device.
  kernel,   ///< A request of the kernel for a process that needs it.
  service,  ///< A program that nobody who was logged in has started.
  person,   ///< A command of somebody who was logged in.
};

inline constexpr std::array all_requester_kinds = {RequesterKind::boot, RequesterKind::device,
                                                   RequesterKind::kernel, RequesterKind::service,
                                                   RequesterKind::person};

/// The word of the documents and of the store.
std::string_view to_string(RequesterKind kind);

struct Requester {
  RequesterKind kind = RequesterKind::kernel;
  std::string detail;                 ///< A file and line, an alias, a process, a command.
  std::optional<std::uint32_t> user;  ///< Numeric id; nothing where it is not known.

  bool operator==(const Requester&) const = default;
};

/// One module that was used, with when and by whom. Times are seconds since 1970-01-01T00:00:00Z.
struct UsedModule {
  std::string module;  ///< As the kernel spells it.
  std::int64_t first_seen = 0;
  std::int64_t last_seen = 0;
  std::uint32_t boots = 0;            ///< In how many boots of this host; 0: it was imported.
  std::string last_boot;              ///< Id of the newest of these.
  std::string held_by;                ///< What used it when it was last seen, in words.
  std::string imported_from;          ///< The file or host that names it; empty: seen here.
  std::vector<Requester> requesters;  ///< Each once, the newest last.

  bool operator==(const UsedModule&) const = default;
};

/// One boot in which the record was fed.
struct RecordedBoot {
  std::string id;      ///< As `HostIdentity::boot_id`.
  std::string kernel;  ///< Release.
  std::int64_t first_seen = 0;
  std::int64_t last_seen = 0;

  bool operator==(const RecordedBoot&) const = default;
};

/// Something that was loaded and that the keep set of its time would have kept out.
struct StoppedLoad {
  std::string module;
  std::int64_t first_seen = 0;
  std::int64_t last_seen = 0;
  std::uint64_t times = 0;  ///< In how many recordings.
  std::vector<Requester> requesters;

  bool operator==(const StoppedLoad&) const = default;
};

struct UsageRecord {
  std::string machine;                         ///< As `HostIdentity::machine_id`; empty: no record.
  std::vector<RecordedBoot> boots;             ///< Oldest first.
  std::vector<UsedModule> modules;             ///< Sorted by module, each once.
  std::optional<std::int64_t> observed_since;  ///< When the mode "observe" began.
  std::vector<StoppedLoad> stopped;            ///< Since then; sorted by module.

  bool is_empty() const { return modules.empty(); }
  bool operator==(const UsageRecord&) const = default;
};

}  // namespace kmodsec
