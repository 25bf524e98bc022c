// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_sieve.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t look_back_bytes = 64UL * 1024;
/// The kernel cuts a record at 8960 bytes (linux: include/uapi/linux/audit.h,
/// AUDIT_MESSAGE_TEXT_MAX); an enriched one has a few more.
constexpr std::size_t longest_line = 32UL * 1024;
constexpr std::size_t longest_event = 256UL * 1024;
constexpr std::size_t most_open_events = 64;
constexpr std::size_t most_known_calls = 4096;
constexpr std::int64_t settling_seconds = 2;
constexpr std::size_t most_clock_steps = 100;
constexpr std::size_t most_hosts = 10'000;

constexpr std::array<std::string_view, 9> state_types = {
    "SYSTEM_BOOT",  "SYSTEM_RUNLEVEL", "SYSTEM_SHUTDOWN", "DAEMON_START", "DAEMON_END",
    "DAEMON_ABORT", "DAEMON_RESUME",   "CONFIG_CHANGE",   "LOGIN"};

/// The kernel gives a load hundreds of PATH records, for what it makes in its own file systems.
constexpr std::array<std::string_view, 5> used_types = {"SYSCALL", "KERN_MODULE", "EXECVE", "CWD",
                                                        "PROCTITLE"};

bool is_used(std::string_view type) {
  return std::ranges::find(used_types, type) != used_types.end();
}

/// The kernel ends an event of several records so; auditd does not write it down.
constexpr std::string_view end_of_event = "EOE";

bool is_state(std::string_view type) {
  return std::ranges::find(state_types, type) != state_types.end();
}

/// auditd numbers its own records by chance.
bool counts_on(std::string_view type) { return !type.starts_with("DAEMON_"); }

/// "SYSCALL" of "type=SYSCALL msg=..."; empty for what has no type.
std::string_view type_of(std::string_view line) {
  constexpr std::string_view label = "type=";
  if (line.starts_with("node=")) line.remove_prefix(std::min(line.find(' '), line.size() - 1) + 1);
  if (!line.starts_with(label)) return {};
  line.remove_prefix(label.size());
  return line.substr(0, line.find(' '));
}

/// "audit(1700000000.000:1)", which all records of an event have.
std::string_view mark_of(std::string_view line) {
  constexpr std::string_view label = " msg=";
  const std::size_t start = line.find(label);
  if (start == std::string_view::npos) return {};
  line.remove_prefix(start + label.size());
  return line.substr(0, line.find(')') + 1);
}

/// "arch=c000003e syscall=313", which stands first (linux: kernel/auditsc.c, audit_log_exit).
std::string_view words_of_call(std::string_view fields) {
  const std::size_t blank = fields.find(' ');
  return blank == std::string_view::npos ? fields : fields.substr(0, fields.find(' ', blank + 1));
}

/// As `find`, in a fraction of the time: each event is looked for in the 64 KiB before it.
std::size_t place_of(const std::string& mark, std::string_view text, std::size_t start) {
  const void* found = memmem(text.data() + start, text.size() - start, mark.data(), mark.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

void AuditSieve::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, 1024UL * 1024);
    bytes.remove_prefix(piece.size());
    window_.append(piece);
    for (std::size_t end = window_.find('\n', read_); end != std::string::npos;
         end = window_.find('\n', read_)) {
      if (!too_long_) read(std::string_view(window_).substr(read_, end - read_), read_);
      too_long_ = false;
      read_ = end + 1;
    }
    if (window_.size() - read_ > longest_line) {
      too_long_ = true;
      window_.resize(read_);
    }
    if (read_ > look_back_bytes) {
      window_.erase(0, read_ - look_back_bytes);
      read_ = look_back_bytes;
    }
  }
}

void AuditSieve::end_line() {
  if (read_ < window_.size() || too_long_) feed("\n");
}

void AuditSieve::finish() {
  end_line();
  settle();
}

void AuditSieve::settle() {
  for (OpenEvent& open : std::exchange(pending_, {})) take_(std::move(open.event));
}

/// Clocks of other hosts tell nothing of one's own.
void AuditSieve::settle_before(std::int64_t seconds, std::string_view node) {
  const auto is_open = [&](const OpenEvent& open) {
    return open.event.stamp.seconds >= seconds || open.event.node != node;
  };
  const auto settled = std::ranges::stable_partition(pending_, is_open);
  std::vector<OpenEvent> events(std::make_move_iterator(settled.begin()),
                                std::make_move_iterator(settled.end()));
  pending_.erase(settled.begin(), settled.end());
  for (OpenEvent& open : events) take_(std::move(open.event));
}

/// Most lines are of no interest, which their type and the number of a system call show.
void AuditSieve::read(std::string_view line, std::size_t start) {
  if (line.size() > longest_line) return;
  const std::string_view type = type_of(line);
  note_bounds(line);
  if (!pending_.empty() && add_to_open_event(line)) return;
  const bool may_matter = type == "SYSCALL" || type == "KERN_MODULE" || is_state(type);
  if (!may_matter) return;
  const auto record = parse_audit_record(line);
  if (!record) return;
  note_time(*record);
  if (is_of_interest(*record)) begin(*record, start, line.size());
}

bool AuditSieve::add_to_open_event(std::string_view line) {
  const std::string_view mark = mark_of(line);
  for (auto open = pending_.begin(); open != pending_.end(); ++open) {
    if (open->mark != mark) continue;
    const auto record = parse_audit_record(line);
    if (!record || open->event.node != record->node) continue;
    add(*open, *record, line);
    if (record->type == end_of_event) {
      AuditEventLines whole = std::move(open->event);
      pending_.erase(open);
      take_(std::move(whole));
    }
    return true;
  }
  return false;
}

bool AuditSieve::is_of_interest(const AuditRecord& record) {
  if (record.type == "KERN_MODULE") return true;
  if (record.type != "SYSCALL") return is_state(record.type);
  switch (call_of(record)) {
    case AuditCall::load:
    case AuditCall::unload: return true;
    case AuditCall::execute: return record.fields.find("/kmod\"") != std::string_view::npos;
    case AuditCall::other: break;
  }
  return false;
}

AuditCall AuditSieve::call_of(const AuditRecord& record) {
  const std::string_view words = words_of_call(record.fields);
  const auto known = calls_.find(words);
  if (known != calls_.end()) return known->second;
  const auto arch = parse_number<std::uint32_t>(find_audit_field(words, "arch").value_or(""), 16);
  const auto number = parse_number<int>(find_audit_field(words, "syscall").value_or(""));
  const AuditCall call = arch && number ? audit_call(*arch, *number) : AuditCall::other;
  if (calls_.size() < most_known_calls) calls_.emplace(words, call);
  return call;
}

AuditSieve::Host& AuditSieve::host_of(std::string_view node) {
  if (node.empty()) return only_host_;
  const auto found = hosts_.find(node);
  if (found != hosts_.end()) return found->second;
  return hosts_.size() >= most_hosts ? only_host_ : hosts_[std::string(node)];
}

/// The time of each line, by a look at its beginning alone.
void AuditSieve::note_bounds(std::string_view line) {
  constexpr std::string_view label = " msg=audit(";
  const std::size_t start = line.find(label);
  if (start == std::string_view::npos) return;
  std::string_view node;
  if (line.starts_with("node=")) node = line.substr(5, line.find(' ') - 5);
  line.remove_prefix(start + label.size());
  const auto seconds = parse_number<std::int64_t>(line.substr(0, line.find('.')));
  if (!seconds || *seconds <= 0 || *seconds > last_second) return;
  first_ = first_ == 0 ? *seconds : std::min(first_, *seconds);
  last_ = std::max(last_, *seconds);
  Host& host = host_of(node);
  host.previous = host.current;
  host.current = *seconds;
}

/// A clock that is set back shows: later serial numbers of one boot have earlier times.
void AuditSieve::note_time(const AuditRecord& record) {
  const std::int64_t seconds = record.stamp.seconds;
  if (!pending_.empty()) settle_before(seconds - settling_seconds, record.node);
  if (!counts_on(record.type)) return;
  AuditStamp& newest = host_of(record.node).newest;
  const bool went_on = record.stamp.serial > newest.serial;
  if (went_on && newest.seconds > seconds + settling_seconds &&
      clock_steps_.size() < most_clock_steps)
    clock_steps_.push_back(
        {seconds, newest.seconds,
         fmt::format("the clock was set back by {} seconds", newest.seconds - seconds)});
  newest = record.stamp;
}

void AuditSieve::begin(const AuditRecord& record, std::size_t start, std::size_t length) {
  if (pending_.size() >= most_open_events) settle();
  const std::string_view line = std::string_view(window_).substr(start, length);
  OpenEvent& found = pending_.emplace_back(
      OpenEvent{{std::string(record.node), record.stamp, {}, host_of(record.node).previous},
                std::string(mark_of(line))});
  look_back(found, start);
  add(found, record, line);
}

void AuditSieve::add(OpenEvent& open, const AuditRecord& record, std::string_view line) {
  if (!is_used(record.type) && !is_state(record.type)) return;
  open.bytes += line.size();
  if (open.bytes <= longest_event) open.event.lines.emplace_back(line);
}

/// Records that came before the one which tells what they are about.
void AuditSieve::look_back(OpenEvent& found, std::size_t start) {
  const std::size_t first = start - std::min(start, look_back_bytes);
  const std::string_view before = std::string_view(window_).substr(first, start - first);
  for (std::size_t at = place_of(found.mark, before, 0); at != std::string_view::npos;
       at = place_of(found.mark, before, at)) {
    const std::size_t newline = before.rfind('\n', at);
    const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
    const std::size_t end = before.find('\n', at);
    const std::string_view line = before.substr(begin, end - begin);
    const auto record = parse_audit_record(line);
    if (record && found.event.node == record->node) add(found, *record, line);
    at = end;
    if (end == std::string_view::npos) break;
  }
}

}  // namespace kmodsec
