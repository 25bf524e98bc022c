// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/auditd/audit_log.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "format/auditd/audit_events.hpp"
#include "format/auditd/audit_record.hpp"
#include "format/auditd/audit_sieve.hpp"
#include "format/auditd/auditd_conf.hpp"
#include "format/files/decoder.hpp"
#include "format/files/unpacked_stream.hpp"
#include "model/auditd/event_words.hpp"
#include "system/files/file_stream.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view default_log = "/var/log/audit/audit.log";
constexpr std::string_view auditd_conf = "/etc/audit/auditd.conf";
constexpr std::size_t conf_limit = 64UL * 1024;
constexpr std::size_t unpacked_limit = 16UL * 1024 * 1024 * 1024;
constexpr std::size_t most_events = 100'000;
constexpr unsigned oldest_age = 999;  ///< auditd.conf(5), num_logs.
/// A record of the first file may be cut where it was rotated away.
constexpr std::size_t head_of_log = 16UL * 1024;

struct LogFile {
  std::string path;
  unsigned age = 0;  ///< 0 is being written, 1 was rotated last, ...
};

/// "audit.log", "audit.log.1", "audit.log.2.gz" (auditd rotates, others may compress).
std::optional<unsigned> age_of(std::string_view name, std::string_view log) {
  if (name == log) return 0;
  if (!name.starts_with(log) || name.size() < log.size() + 2 || name[log.size()] != '.')
    return std::nullopt;
  name.remove_prefix(log.size() + 1);
  return parse_number<unsigned>(name.substr(0, name.find('.')));
}

/// "audit.log-20261101", "audit.log.2026-11-01.gz": of another program than auditd.
bool is_of_other_rotation(std::string_view name, std::string_view log) {
  if (!name.starts_with(log) || name.size() < log.size() + 2) return false;
  const char letter = name[log.size() + 1];
  return (name[log.size()] == '.' || name[log.size()] == '-') && letter >= '0' && letter <= '9';
}

Result<std::vector<LogFile>> log_files(const Root& root, const std::string& log,
                                       std::vector<Unseen>& unseen) {
  const std::size_t slash = log.rfind('/');
  if (slash == std::string::npos)
    return failure(ErrorKind::malformed, log, "not the path of a log");
  const auto entries = root.list(log.substr(0, slash));
  if (!entries) return std::unexpected(entries.error());
  std::vector<LogFile> files;
  for (const Entry& entry : *entries) {
    const std::string_view name = std::string_view(log).substr(slash + 1);
    const auto age = age_of(entry.name, name);
    if (age && *age <= oldest_age)
      files.push_back({log.substr(0, slash + 1) + entry.name, *age});
    else if (is_of_other_rotation(entry.name, name))
      unseen.push_back({log.substr(0, slash + 1) + utf8_text(entry.name),
                        "auditd gives no file such a name: its records were not read"});
  }
  if (files.empty()) return failure(ErrorKind::not_found, log, "no audit log");
  std::ranges::sort(files, std::greater{}, &LogFile::age);
  return files;
}

/// Calls `take` with the bytes of a log, unpacked, piece by piece, as long as it wants more.
template <class Take>
Result<void> read_log(const File& file, Budget& budget, Take take) {
  FileStream stream(file, 0, file.size());
  const auto pass_on = [&](ByteStream& from) {
    for (std::string_view piece = from.peek(); !piece.empty(); piece = from.peek()) {
      const std::size_t size = piece.size();
      if (!budget.check("") || !take(piece)) return;
      budget.take_bytes(size);
      from.skip(size);
    }
  };
  const auto decoder = kernel_decoder(stream.peek(packed_head_size));
  if (decoder == nullptr) {
    pass_on(stream);
    return stream.state() ? budget.check("") : stream.state();
  }
  UnpackedStream unpacked(*decoder, stream, unpacked_limit);
  pass_on(unpacked);
  if (!unpacked.state()) return unpacked.state();
  return stream.state() ? budget.check("") : stream.state();
}

/// The time of the first record; nothing where there is none.
std::optional<std::int64_t> first_time(const Root& root, const std::string& path) {
  const auto file = root.open(path);
  if (!file) return std::nullopt;
  std::string head;
  if (!read_log(**file, root.budget(), [&](std::string_view piece) {
        head.append(piece.substr(0, head_of_log - head.size()));
        return head.size() < head_of_log;
      }))
    return std::nullopt;
  std::optional<std::int64_t> time;
  for_each_line(head, [&](std::string_view line, std::size_t) {
    const auto record = parse_audit_record(line);
    if (record && !time) time = record->stamp.seconds;
  });
  return time;
}

/// Leaves out what was written before the time that is asked for, as far as the clock went on.
void drop_older(const Root& root, std::int64_t since, std::vector<LogFile>& files) {
  while (since > 0 && files.size() > 1) {
    const auto before = first_time(root, files[0].path);
    const auto time = first_time(root, files[1].path);
    if (!time || *time >= since || !before || *before > *time) return;
    files.erase(files.begin());
  }
}

class Reader {
 public:
  Reader(EventLog& log, AuditLogJudge& judge)
      : log_(log),
        judge_(judge),
        events_(judge, [this](ModuleEvent event) { take(std::move(event)); }),
        sieve_([this](const AuditEventLines& lines) { events_.add(lines); }) {}

  void read(const Root& root, const std::string& path) {
    const auto file = root.open(path);
    const auto done = file ? read_log(**file, root.budget(),
                                      [&](std::string_view piece) {
                                        sieve_.feed(piece);
                                        return true;
                                      })
                           : std::unexpected(file.error());
    sieve_.end_line();
    if (!done) log_.unseen.push_back({path, done.error().reason});
  }

  /// Files between two that were rotated one after the other are gone.
  void note_missing(const Root& root, const LogFile& older, const LogFile& newer) {
    if (older.age <= newer.age + 1) return;
    const auto until = first_time(root, newer.path);
    log_.gaps.push_back(
        {sieve_.last(), until.value_or(sieve_.last()),
         older.age == newer.age + 2
             ? log_.log + "." + std::to_string(newer.age + 1) + " is missing"
             : "files between " + older.path + " and " + newer.path + " are missing"});
  }

  void finish() {
    sieve_.finish();
    judge_.end(sieve_.last());
    log_.first = sieve_.first();
    log_.last = sieve_.last();
    for (const auto* gaps : {&judge_.gaps(), &sieve_.clock_steps()})
      std::ranges::copy_if(*gaps, std::back_inserter(log_.gaps),
                           [&](const AuditLogGap& gap) { return gap.until >= log_.since; });
    sort_by_time(log_.events);
    if (dropped_ > 0)
      log_.unseen.push_back({log_.log, std::to_string(dropped_) + " more events of modules"});
  }

 private:
  void take(ModuleEvent event) {
    if (event.time < log_.since) return;
    if (log_.events.size() < most_events)
      log_.events.push_back(std::move(event));
    else
      ++dropped_;
  }

  EventLog& log_;
  AuditLogJudge& judge_;
  std::size_t dropped_ = 0;
  AuditEvents events_;
  AuditSieve sieve_;
};

}  // namespace

std::string audit_log_of(const Root& root) {
  const std::string conf = root.read(auditd_conf, conf_limit).value_or("");
  const std::string path = audit_log_path(conf);
  return path.empty() ? std::string(default_log) : path;
}

Seen<EventLog> collect_audit_log(const Root& root, std::int64_t since, AuditLogJudge& judge) {
  EventLog log{.log = audit_log_of(root), .since = since};
  const std::string off = no_audit_log(root.read(auditd_conf, conf_limit).value_or(""));
  auto files = log_files(root, log.log, log.unseen);
  if (!files && files.error().kind == ErrorKind::not_found && !off.empty())
    return failure(ErrorKind::not_found, std::string(auditd_conf), "auditd writes no log: " + off);
  if (!files) return std::unexpected(files.error());
  if (!off.empty())
    log.unseen.push_back({std::string(auditd_conf), "auditd writes no log: " + off});
  if (files->back().age != 0)
    log.unseen.push_back({log.log, "it is not there, and files that were rotated away are"});
  drop_older(root, since, *files);
  Reader reader(log, judge);
  const LogFile* before = nullptr;
  for (const LogFile& file : *files) {
    if (before != nullptr) reader.note_missing(root, *before, file);
    reader.read(root, file.path);
    before = &file;
  }
  reader.finish();
  if (since > 0 && log.first > since)
    log.gaps.push_back({since, log.first, "the log has nothing from before"});
  return log;
}

}  // namespace kmodsec
