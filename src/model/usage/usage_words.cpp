// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/usage/keep_set.hpp"
#include "model/usage/usage_record.hpp"

namespace kmodsec {

std::string_view to_string(RequesterKind kind) {
  switch (kind) {
    case RequesterKind::boot: return "boot";
    case RequesterKind::device: return "device";
    case RequesterKind::kernel: return "kernel";
    case RequesterKind::service: return "service";
    case RequesterKind::person: return "person";
  }
  return "kernel";
}

std::string_view to_string(KeepCause cause) {
  switch (cause) {
    case KeepCause::policy: return "policy";
    case KeepCause::loaded: return "loaded";
    case KeepCause::used: return "used";
    case KeepCause::boot: return "boot";
    case KeepCause::hardware: return "hardware";
    case KeepCause::service: return "service";
    case KeepCause::keep_class: return "class";
    case KeepCause::needed: return "needed";
    case KeepCause::alternative: return "alternative";
  }
  return "needed";
}

}  // namespace kmodsec
