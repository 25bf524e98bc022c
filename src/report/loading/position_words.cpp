// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/loading/position_words.hpp"

#include "base/text.hpp"
#include "report/paragraph.hpp"

namespace kmodsec {

std::string_view position_heading(AttackerPosition position) {
  switch (position) {
    case AttackerPosition::local: return "Any local user";
    case AttackerPosition::local_userns: return "Any local user who may make a user namespace";
    case AttackerPosition::local_group: return "A local user whom a device node lets in";
    case AttackerPosition::guest: return "A virtual machine of this host";
    case AttackerPosition::adjacent: return "Whoever is in reach of its radio or network";
    case AttackerPosition::physical: return "Whoever plugs in a device";
    case AttackerPosition::root: return "Only root";
    case AttackerPosition::unknown: return "Nobody can tell who reaches it";
    case AttackerPosition::none: break;
  }
  return "Nobody";
}

std::string position_words(AttackerPosition position) {
  std::string words(position_heading(position));
  words[0] = static_cast<char>(words[0] | 0x20);
  return words;
}

std::string words_of(const Attacker& attacker) {
  const std::string who = position_words(attacker.position);
  return attacker.trigger.empty() ? who : who + ": " + attacker.trigger;
}

std::string rebuild_words(const ModuleLoadPaths& module) {
  return "it is denied, and the initramfs is older; rebuild that: " +
         unbroken(printable(module.rebuild));
}

std::string state_words(LoadState state, bool is_loaded) {
  if (is_loaded && state == LoadState::absent) return "loaded now, and in no index of this kernel";
  return std::string(words_of(state)) + (is_loaded ? ", loaded now" : "");
}

}  // namespace kmodsec
