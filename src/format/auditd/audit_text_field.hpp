// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>

#include <libaudit.h>

namespace kmodsec {

/// Whether the value of a field is the length of a text that follows the rule (linux:
/// kernel/auditfilter.c, audit_data_to_entry; auditctl: lib/libaudit.c).
inline bool is_text_field(std::uint32_t field) {
  switch (field) {
    case AUDIT_SUBJ_USER:
    case AUDIT_SUBJ_ROLE:
    case AUDIT_SUBJ_TYPE:
    case AUDIT_SUBJ_SEN:
    case AUDIT_SUBJ_CLR:
    case AUDIT_OBJ_USER:
    case AUDIT_OBJ_ROLE:
    case AUDIT_OBJ_TYPE:
    case AUDIT_OBJ_LEV_LOW:
    case AUDIT_OBJ_LEV_HIGH:
    case AUDIT_WATCH:
    case AUDIT_DIR:
    case AUDIT_FILTERKEY:
    case AUDIT_EXE: return true;
    default: return false;
  }
}

}  // namespace kmodsec
