// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/auditd/follow_events.hpp"

#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "analyze/auditd/event_origins.hpp"
#include "base/text.hpp"
#include "collect/auditd/audit_log.hpp"
#include "collect/collect.hpp"
#include "format/auditd/audit_events.hpp"
#include "format/auditd/audit_sieve.hpp"
#include "report/auditd/events_report.hpp"
#include "system/auditd/audit_multicast.hpp"
#include "system/files/followed_file.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

/// The records of an event come together; one that is open for so long is whole.
constexpr std::chrono::milliseconds settling_time{500};

void tell(const Options& options, const std::string& text) {
  if (!options.quiet) fmt::print(stderr, "kmodsec: {}\n", printable(text));
}

Result<std::unique_ptr<RecordSource>> open_source(const Options& options, const Root& root) {
  auto kernel = listen_to_audit();
  if (kernel) return kernel;
  const std::string log = audit_log_of(root);
  auto file = follow_file(log);
  if (!file) return std::unexpected(file.error());
  tell(options, "following " + log + ", because the kernel does not let this process listen: " +
                    kernel.error().reason);
  return file;
}

class Follower {
 public:
  Follower(const Options& options, const EventFilter& filter, const Style& style)
      : filter_(filter),
        style_(style),
        as_lines_(options.format != "text"),
        events_(origins_, [this](const ModuleEvent& event) { print(event); }),
        sieve_([this](const AuditEventLines& lines) { events_.add(lines); }) {}

  /// Tells a reader of documents which host they are of.
  void begin(const Root& root) const {
    if (as_lines_) write(print_events_head(collect_identity_of_machine(root, time_of_looking())));
  }

  Result<void> follow(RecordSource& source, const Options& options) {
    while (std::ferror(stdout) == 0) {
      const auto bytes =
          source.next(sieve_.is_open() ? std::optional(settling_time) : std::nullopt);
      if (!bytes) return std::unexpected(bytes.error());
      if (bytes->empty()) sieve_.settle();
      sieve_.feed(*bytes);
      if (const std::string trouble = source.trouble(); !trouble.empty()) tell(options, trouble);
    }
    return {};
  }

 private:
  void print(const ModuleEvent& event) {
    if (!wants(filter_, event)) return;
    const std::string text =
        as_lines_ ? print_event_ndjson(event) : print_event_text(event, style_);
    write(text);
  }

  static void write(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
  }

  const EventFilter& filter_;
  const Style& style_;
  bool as_lines_;
  EventOrigins origins_;
  AuditEvents events_;
  AuditSieve sieve_;
};

}  // namespace

Result<Answer> follow_events(const Options& options, const Root& root, const EventFilter& filter,
                             const Style& style) {
  if (!root.is_running_system())
    return failure(ErrorKind::usage, "--follow", "works on the running system only");
  if (!options.output.empty())
    return failure(ErrorKind::usage, "--output",
                   "--follow writes each event to stdout as it happens");
  const auto source = open_source(options, root);
  if (!source) return std::unexpected(source.error());
  Follower follower(options, filter, style);
  follower.begin(root);
  if (auto ended = follower.follow(**source, options); !ended)
    return std::unexpected(ended.error());
  return Answer{};
}

}  // namespace kmodsec
