// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/loading/load_paths.hpp"

namespace kmodsec {

std::string_view to_string(LoadPath load_path) {
  switch (load_path) {
    case LoadPath::name: return "name";
    case LoadPath::alias: return "alias";
    case LoadPath::dependency: return "dependency";
    case LoadPath::softdep: return "softdep";
    case LoadPath::boot: return "boot";
    case LoadPath::initramfs: return "initramfs";
    case LoadPath::insmod: return "insmod";
  }
  return "unknown";
}

std::string_view to_string(LoadPathOutcome outcome) {
  switch (outcome) {
    case LoadPathOutcome::loads: return "loads";
    case LoadPathOutcome::runs: return "runs";
    case LoadPathOutcome::denied: return "denied";
    case LoadPathOutcome::impossible: return "impossible";
  }
  return "unknown";
}

std::string_view to_string(Presence presence) {
  switch (presence) {
    case Presence::loadable: return "loadable";
    case Presence::builtin: return "builtin";
    case Presence::absent: return "absent";
    case Presence::unknown: break;
  }
  return "unknown";
}

std::string_view to_string(AttackerPosition position) {
  switch (position) {
    case AttackerPosition::local: return "local";
    case AttackerPosition::local_userns: return "local_userns";
    case AttackerPosition::local_group: return "local_group";
    case AttackerPosition::guest: return "guest";
    case AttackerPosition::adjacent: return "adjacent";
    case AttackerPosition::physical: return "physical";
    case AttackerPosition::root: return "root";
    case AttackerPosition::none: return "none";
    case AttackerPosition::unknown: break;
  }
  return "unknown";
}

std::string_view to_string(LoadState state) {
  switch (state) {
    case LoadState::open: return "open";
    case LoadState::closed: return "closed";
    case LoadState::built_in: return "built_in";
    case LoadState::absent: return "absent";
    case LoadState::unknown: break;
  }
  return "unknown";
}

std::string_view words_of(LoadState state) {
  return state == LoadState::built_in ? "built in" : to_string(state);
}

std::string_view why_unknown(Presence presence) {
  return presence == Presence::unknown
             ? "not every list of this kernel's modules was seen: it may be built in, or absent"
             : "a program decides: 'kmodsec doors' tells which";
}

}  // namespace kmodsec
