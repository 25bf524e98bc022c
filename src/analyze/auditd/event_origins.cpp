// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/event_origins.hpp"

#include <cstddef>

namespace kmodsec {
namespace {

constexpr std::int64_t longest_boot = 10L * 60;  ///< Seconds, where nothing tells when it was over.
constexpr std::size_t most_gaps = 1000;

}  // namespace

void EventOrigins::note(HostMoment moment, std::int64_t time) {
  switch (moment) {
    case HostMoment::booting:
    case HostMoment::serials_began_anew: boot_since_ = time; return;
    case HostMoment::started:
    case HostMoment::logged_in: boot_since_.reset(); return;
    case HostMoment::going_down: going_down_ = true; return;
    case HostMoment::auditd_aborted: down_since_ = time; return;
    case HostMoment::auditd_ended:
      if (!going_down_) down_since_ = time;
      return;
    case HostMoment::auditd_started: note_auditd_started(time); return;
  }
}

void EventOrigins::note_auditd_started(std::int64_t time) {
  if (down_since_ != 0 && gaps_.size() < most_gaps)
    gaps_.push_back({down_since_, time, "auditd was not running"});
  down_since_ = 0;
  going_down_ = false;
}

void EventOrigins::judge(ModuleEvent& event, bool is_of_helper) {
  event.at_boot = is_at_boot(event.time);
  if (event.auid.id) {
    event.origin = EventOrigin::user;
  } else if (!event.syscall.empty()) {
    const EventOrigin other = event.at_boot ? EventOrigin::boot : EventOrigin::daemon;
    event.origin = is_of_helper ? EventOrigin::autoload : other;
  }
}

bool EventOrigins::is_at_boot(std::int64_t time) const {
  return boot_since_ && time - *boot_since_ < longest_boot;
}

}  // namespace kmodsec
