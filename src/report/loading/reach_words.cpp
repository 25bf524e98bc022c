// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/loading/reach_words.hpp"

namespace kmodsec {

std::string_view reach_heading(Reach reach) {
  switch (reach) {
    case Reach::unprivileged: return "Any local user";
    case Reach::user_namespace: return "Any local user who may make a user namespace";
    case Reach::group: return "A local user whom a device node lets in";
    case Reach::guest: return "A virtual machine of this host";
    case Reach::neighbour: return "Whoever is in reach of its radio or network";
    case Reach::device: return "Whoever plugs in a device";
    case Reach::root: return "Only root";
    case Reach::nobody: break;
  }
  return "Nobody";
}

std::string reach_words(Reach reach) {
  std::string words(reach_heading(reach));
  words[0] = static_cast<char>(words[0] | 0x20);
  return words;
}

}  // namespace kmodsec
