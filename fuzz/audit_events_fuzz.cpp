// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "analyze/auditd/event_origins.hpp"
#include "format/auditd/audit_events.hpp"
#include "target.hpp"

namespace kmodsec {
namespace {

std::size_t read(std::string_view log, std::size_t piece) {
  std::size_t count = 0;
  EventOrigins origins;
  AuditEvents joiner(origins, [&](const ModuleEvent& event) {
    ++count;
    require(event.arguments.size() <= 3);
    require(!event.error || (*event.error >= 0 && *event.error <= 4095));
  });
  AuditSieve sieve([&](const AuditEventLines& lines) {
    require(!lines.lines.empty());
    joiner.add(lines);
  });
  for (std::size_t at = 0; at < log.size(); at += piece) sieve.feed(log.substr(at, piece));
  sieve.finish();
  require(!sieve.is_open());
  return count;
}

}  // namespace
}  // namespace kmodsec

/// What comes out does not depend on how it went in.
void kmodsec::examine(std::string_view input) {
  require(read(input, 1) == read(input, std::max<std::size_t>(input.size(), 1)));
}
