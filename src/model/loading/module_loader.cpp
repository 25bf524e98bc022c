// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/loading/module_loader.hpp"

namespace kmodsec {

std::string_view to_string(LoaderKind kind) {
  switch (kind) {
    case LoaderKind::kmod: return "kmod";
    case LoaderKind::busybox: return "busybox";
    case LoaderKind::busybox_small: return "busybox_small";
    case LoaderKind::other: return "other";
    case LoaderKind::missing: return "missing";
    case LoaderKind::none: return "none";
  }
  return "unknown";
}

std::string_view to_string(ProgramState state) {
  switch (state) {
    case ProgramState::present: return "present";
    case ProgramState::missing: return "missing";
    case ProgramState::unseen: return "unseen";
  }
  return "unknown";
}

}  // namespace kmodsec
