// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/loading/doors.hpp"

namespace kmodsec {

std::string_view to_string(Door door) {
  switch (door) {
    case Door::name: return "name";
    case Door::alias: return "alias";
    case Door::dependency: return "dependency";
    case Door::softdep: return "softdep";
    case Door::boot: return "boot";
    case Door::initramfs: return "initramfs";
    case Door::insmod: return "insmod";
  }
  return "unknown";
}

std::string_view to_string(DoorOutcome outcome) {
  switch (outcome) {
    case DoorOutcome::loads: return "loads";
    case DoorOutcome::denied: return "denied";
    case DoorOutcome::impossible: return "impossible";
  }
  return "unknown";
}

std::string_view to_string(Presence presence) {
  switch (presence) {
    case Presence::loadable: return "loadable";
    case Presence::builtin: return "builtin";
    case Presence::absent: return "absent";
  }
  return "unknown";
}

std::string_view to_string(Reach reach) {
  switch (reach) {
    case Reach::unprivileged: return "unprivileged";
    case Reach::user_namespace: return "user_namespace";
    case Reach::group: return "group";
    case Reach::guest: return "guest";
    case Reach::neighbour: return "neighbour";
    case Reach::device: return "device";
    case Reach::root: return "root";
    case Reach::nobody: return "nobody";
  }
  return "unknown";
}

}  // namespace kmodsec
