// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_subjects.hpp"

namespace kmodsec {

// How the baseline stands.

KMODSEC_SNAPSHOT_FIELDS(BaselineCheck, time, suspicious, unseen)
KMODSEC_SNAPSHOT_FIELDS(BaselineStatus, store, exists, flaw, generation, is_signed, check, time,
                        modules, machine)

}  // namespace kmodsec
