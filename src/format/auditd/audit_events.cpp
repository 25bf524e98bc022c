// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_events.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "format/auditd/audit_arguments.hpp"
#include "format/auditd/audit_calls.hpp"
#include "format/auditd/audit_record.hpp"
#include "model/host/module_name.hpp"
#include "model/loading/kmod_command.hpp"

namespace kmodsec {
namespace {

constexpr std::uint32_t unset_login = 4294967295;
constexpr std::size_t most_starts = 256;
constexpr std::size_t most_arguments = 256;
constexpr std::size_t most_nodes = 10'000;

template <class T>
std::optional<T> number_at(std::string_view fields, std::string_view name, int base = 10) {
  const auto value = find_audit_field(fields, name);
  return value ? parse_number<T>(*value, base) : std::nullopt;
}

std::string text_at(std::string_view fields, std::string_view name) {
  const auto value = find_audit_field(fields, name);
  return value ? decode_audit_text(*value) : std::string{};
}

std::optional<std::uint32_t> set_number_at(std::string_view fields, std::string_view name) {
  const auto number = number_at<std::uint32_t>(fields, name);
  return number == unset_login ? std::nullopt : number;
}

EventUser user_at(std::string_view fields, std::string_view name, std::string_view in_words) {
  EventUser user{set_number_at(fields, name), {}};
  if (user.id) user.name = text_at(fields, in_words);
  return user;
}

std::optional<int> error_at(std::string_view fields) {
  const auto result = number_at<std::int64_t>(fields, "exit");
  if (find_audit_field(fields, "success") == "yes") return 0;
  if (!result || *result >= 0 || *result < -4095) return std::nullopt;
  return static_cast<int>(-*result);
}

AuditCall call_of(std::string_view fields) {
  return audit_call(number_at<std::uint32_t>(fields, "arch", 16).value_or(0),
                    number_at<int>(fields, "syscall").value_or(-1));
}

void read_syscall(std::string_view fields, ModuleEvent& event) {
  const auto arch = number_at<std::uint32_t>(fields, "arch", 16).value_or(0);
  const auto number = number_at<int>(fields, "syscall").value_or(-1);
  event.arch = audit_word_size(arch);
  event.syscall = audit_call_name(arch, number);
  event.arguments = describe_audit_arguments(event.syscall, fields);
  event.error = error_at(fields);
  event.pid = number_at<std::uint32_t>(fields, "pid");
  event.ppid = number_at<std::uint32_t>(fields, "ppid");
  event.session = set_number_at(fields, "ses");
  event.uid = user_at(fields, "uid", "UID");
  event.auid = user_at(fields, "auid", "AUID");
  event.comm = text_at(fields, "comm");
  event.exe = text_at(fields, "exe");
  event.key = text_at(fields, "key");
}

/// Words that stand behind each other with a NUL after each.
std::vector<std::string> split_title(std::string_view bytes) {
  std::vector<std::string> words;
  while (!bytes.empty() && words.size() < most_arguments) {
    const std::size_t end = bytes.find('\0');
    words.push_back(utf8_text(bytes.substr(0, end)));
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  }
  return words;
}

/// Of a long argument there are pieces: a1[0]=, a1[1]=, ... (linux: kernel/auditsc.c).
std::string argument_at(const AuditFields& fields, std::size_t number) {
  const auto whole = fields.find(fmt::format("a{}", number));
  if (whole != fields.end()) return decode_audit_text(whole->second);
  std::string bytes;
  for (std::size_t i = 0; i < most_arguments; ++i) {
    const auto piece = fields.find(fmt::format("a{}[{}]", number, i));
    if (piece == fields.end()) break;
    bytes += decode_audit_bytes(piece->second);
  }
  return utf8_text(bytes);
}

std::vector<std::string> arguments_of(std::string_view fields) {
  const auto count = number_at<std::size_t>(fields, "argc").value_or(0);
  const AuditFields all = audit_fields(fields);
  std::vector<std::string> arguments;
  for (std::size_t i = 0; i < std::min(count, most_arguments); ++i)
    arguments.push_back(argument_at(all, i));
  return arguments;
}

/// The records of an event, each taken apart once. Views into its lines.
std::vector<AuditRecord> records_of(const AuditEventLines& event) {
  std::vector<AuditRecord> records;
  for (const std::string& line : event.lines) {
    if (const auto record = parse_audit_record(line)) records.push_back(*record);
  }
  return records;
}

/// The fields of the first record of that type, if there is one.
std::optional<std::string_view> fields_of(const std::vector<AuditRecord>& records,
                                          std::string_view type) {
  const auto record = std::ranges::find(records, type, &AuditRecord::type);
  return record == records.end() ? std::nullopt : std::optional(record->fields);
}

std::vector<std::string> title_of(const std::vector<AuditRecord>& records) {
  const auto fields = fields_of(records, "PROCTITLE");
  if (!fields) return {};
  const auto title = find_audit_field(*fields, "proctitle");
  return title ? split_title(decode_audit_bytes(*title)) : std::vector<std::string>{};
}

/// The kernel keeps the title of a process over execve(2) (linux: kernel/auditsc.c,
/// audit_log_proctitle): kmod's may be the one of the shell that became it.
std::vector<std::string> own_title(const std::vector<AuditRecord>& records,
                                   const ModuleEvent& event) {
  std::vector<std::string> title = title_of(records);
  const bool is_of_another =
      event.exe.ends_with("/kmod") && parse_kmod_command(title).applet.empty();
  return is_of_another ? std::vector<std::string>{} : title;
}

/// "/a/./b" is "/a/b"; what ".." leads to depends on links and stays.
std::string without_dots(std::string path) {
  for (std::size_t at = path.find("/./"); at != std::string::npos; at = path.find("/./", at))
    path.erase(at, 2);
  return path;
}

std::string path_in(const std::string& folder, const std::string& path) {
  if (path.starts_with('/') || folder.empty()) return without_dots(path);
  return without_dots(folder + "/" + path);
}

struct MomentOfType {
  std::string_view type;
  HostMoment moment;
};
/// SYSTEM_BOOT comes when the file systems are there, SYSTEM_RUNLEVEL when the host has started.
constexpr std::array<MomentOfType, 9> moments = {
    MomentOfType{"SYSTEM_BOOT", HostMoment::booting},
    MomentOfType{"SYSTEM_RUNLEVEL", HostMoment::started},
    MomentOfType{"LOGIN", HostMoment::logged_in},
    MomentOfType{"SYSTEM_SHUTDOWN", HostMoment::going_down},
    MomentOfType{"DAEMON_START", HostMoment::auditd_started},
    MomentOfType{"DAEMON_END", HostMoment::auditd_ended},
    MomentOfType{"DAEMON_ABORT", HostMoment::auditd_aborted},
    MomentOfType{"DAEMON_RESUME", HostMoment::auditd_resumed},
    MomentOfType{"CONFIG_CHANGE", HostMoment::audit_off}};

/// "op=set audit_enabled=0 old=1 ... res=1" (linux: kernel/audit.c, audit_log_config_change).
std::optional<HostMoment> switch_of(const AuditRecord& record) {
  const auto enabled = number_at<int>(record.fields, "audit_enabled");
  if (!enabled || find_audit_field(record.fields, "res") == "0") return std::nullopt;
  return *enabled == 0 ? HostMoment::audit_off : HostMoment::audit_on;
}

std::optional<HostMoment> moment_of(const AuditRecord& record) {
  const auto found = std::ranges::find(moments, record.type, &MomentOfType::type);
  if (found == moments.end()) return std::nullopt;
  if (found->moment == HostMoment::audit_off) return switch_of(record);
  const bool is_nobody =
      found->moment == HostMoment::logged_in && !set_number_at(record.fields, "auid");
  return is_nobody ? std::nullopt : std::optional(found->moment);
}

/// The name that the kernel gave; where it refused early, it gave none (6.1) or "?" (6.12).
void read_name(const std::vector<AuditRecord>& records, const KmodCommand& command,
               ModuleEvent& event) {
  const auto fields = fields_of(records, "KERN_MODULE");
  const std::string name = fields ? text_at(*fields, "name") : std::string{};
  if (!name.empty() && name != "?") {
    event.module = normalized_module_name(name);
    event.module_from = EventSource::record;
  } else if (command.targets.size() == 1) {
    event.module = module_name_of_path(command.targets.front());
    event.module_from = EventSource::command;
  }
}

}  // namespace

void AuditEvents::add(const AuditEventLines& event) {
  const std::vector<AuditRecord> records = records_of(event);
  for (const AuditRecord& record : records) {
    if (const auto moment = moment_of(record))
      judge_.note({*moment, record.stamp.seconds, event.previous, utf8_text(event.node)});
  }
  const auto syscall = fields_of(records, "SYSCALL");
  const AuditCall call = syscall ? call_of(*syscall) : AuditCall::other;
  if (call == AuditCall::other && !fields_of(records, "KERN_MODULE")) return;
  note_serial(event);
  ModuleEvent seen{.time = event.stamp.seconds,
                   .milliseconds = event.stamp.milliseconds,
                   .serial = event.stamp.serial,
                   .node = utf8_text(event.node),
                   .action = call == AuditCall::unload ? EventAction::unload : EventAction::load};
  if (syscall) read_syscall(*syscall, seen);
  if (call == AuditCall::execute) {
    note_start(records, seen);
  } else {
    complete(records, std::move(seen));
  }
}

void AuditEvents::note_serial(const AuditEventLines& event) {
  const std::string node = utf8_text(event.node);
  if (newest_serials_.size() >= most_nodes && !newest_serials_.contains(node)) return;
  std::uint64_t& newest = newest_serials_[node];
  if (event.stamp.serial < newest / 2)
    judge_.note({HostMoment::serials_began_anew, event.stamp.seconds, event.previous, node});
  newest = event.stamp.serial;
}

void AuditEvents::note_start(const std::vector<AuditRecord>& records, const ModuleEvent& seen) {
  if (!seen.pid || seen.error != 0) return;
  Start start{*seen.pid, seen.node, seen.comm, {}, {}};
  if (const auto fields = fields_of(records, "EXECVE")) start.arguments = arguments_of(*fields);
  if (const auto fields = fields_of(records, "CWD")) start.folder = text_at(*fields, "cwd");
  std::erase_if(starts_,
                [&](const Start& old) { return old.pid == start.pid && old.node == start.node; });
  starts_.push_back(std::move(start));
  if (starts_.size() > most_starts) starts_.pop_front();
}

/// The start of the same process. Its number may have been used again, by another program.
const AuditEvents::Start* AuditEvents::start_of(const ModuleEvent& event) const {
  const auto start = std::ranges::find_if(starts_, [&](const Start& each) {
    return each.pid == event.pid && each.comm == event.comm && each.node == event.node;
  });
  return start == starts_.end() ? nullptr : &*start;
}

void AuditEvents::complete(const std::vector<AuditRecord>& records, ModuleEvent event) {
  const Start* start = start_of(event);
  const std::vector<std::string> arguments =
      start != nullptr && !start->arguments.empty() ? start->arguments : own_title(records, event);
  event.command = join(arguments, " ");
  KmodCommand command = parse_kmod_command(arguments);
  if (command.applet == "insmod" && !command.targets.empty())
    event.path = path_in(start == nullptr ? "" : start->folder, command.targets.front());
  const bool is_of_helper = is_kernel_helper(arguments);
  if (is_of_helper) command.targets.clear();
  read_name(records, command, event);
  judge_.judge(event, is_of_helper);
  take_(std::move(event));
}

}  // namespace kmodsec
