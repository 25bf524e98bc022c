// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/event_origins.hpp"

#include <cstddef>
#include <utility>

namespace kmodsec {
namespace {

constexpr std::int64_t longest_boot = 10L * 60;  ///< Seconds, where nothing tells when it was over.
constexpr std::size_t most_gaps = 1000;
constexpr std::size_t most_hosts = 10'000;

}  // namespace

void EventOrigins::note(const NotedMoment& noted) {
  if (hosts_.size() >= most_hosts && !hosts_.contains(noted.node)) return;
  Host& host = hosts_[noted.node];
  switch (noted.moment) {
    case HostMoment::booting:
    case HostMoment::serials_began_anew: host.boot_since = noted.time; return;
    case HostMoment::started:
    case HostMoment::logged_in: host.boot_since.reset(); return;
    case HostMoment::going_down: host.going_down = true; return;
    case HostMoment::auditd_aborted:
    case HostMoment::auditd_ended: note_auditd_ended(noted, host); return;
    case HostMoment::auditd_started: note_auditd_started(noted, host); return;
    case HostMoment::auditd_resumed:
      add_gap(noted.previous, noted.time,
              "auditd was asked to write again: it may have stopped before");
      return;
    case HostMoment::audit_off:
      host.off_since = noted.time;
      // What the kernel kept from before auditd started comes after that start.
      if (noted.time < host.started) end_off(host.started, host);
      return;
    case HostMoment::audit_on: end_off(noted.time, host); return;
  }
}

void EventOrigins::note_auditd_ended(const NotedMoment& noted, Host& host) {
  host.started = 0;
  if (noted.moment == HostMoment::auditd_aborted || !host.going_down) host.down_since = noted.time;
}

/// auditd sets the kernel to audit when it starts (auditd.c, -s).
void EventOrigins::note_auditd_started(const NotedMoment& noted, Host& host) {
  if (host.down_since != 0)
    add_gap(host.down_since, noted.time, "auditd was not running");
  else if (host.started != 0 && !host.going_down)
    add_gap(noted.previous, noted.time,
            "auditd started again, and no record shows that it stopped: it was killed, or the host "
            "went down at once");
  end_off(noted.time, host);
  host.down_since = 0;
  host.going_down = false;
  host.started = noted.time;
}

void EventOrigins::end_off(std::int64_t time, Host& host) {
  if (const std::int64_t since = std::exchange(host.off_since, 0); since != 0)
    add_gap(since, time, "the kernel made no records: its audit system was switched off");
}

void EventOrigins::end(std::int64_t time) {
  for (auto& [node, host] : hosts_) end_off(time, host);
}

void EventOrigins::add_gap(std::int64_t from, std::int64_t until, const char* why) {
  if (gaps_.size() < most_gaps) gaps_.push_back({from, until, why});
}

void EventOrigins::judge(ModuleEvent& event, bool is_of_helper) {
  const auto host = hosts_.find(event.node);
  const auto booted = host == hosts_.end() ? std::nullopt : host->second.boot_since;
  event.at_boot = booted && event.time - *booted < longest_boot;
  if (event.auid.id) {
    event.origin = EventOrigin::user;
  } else if (!event.syscall.empty()) {
    const EventOrigin other = event.at_boot ? EventOrigin::boot : EventOrigin::daemon;
    event.origin = is_of_helper ? EventOrigin::autoload : other;
  }
}

}  // namespace kmodsec
