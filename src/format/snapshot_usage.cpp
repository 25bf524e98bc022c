// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_subjects.hpp"

namespace kmodsec {

// What the host was seen to use.

template <>
constexpr std::array snapshot_words<RequesterKind> = all_requester_kinds;

KMODSEC_SNAPSHOT_FIELDS(Requester, kind, detail, user)
KMODSEC_SNAPSHOT_FIELDS(UsedModule, module, first_seen, last_seen, boots, last_boot, held_by,
                        imported_from, requesters)
KMODSEC_SNAPSHOT_FIELDS(RecordedBoot, id, kernel, first_seen, last_seen)
KMODSEC_SNAPSHOT_FIELDS(StoppedLoad, module, first_seen, last_seen, times, requesters)
KMODSEC_SNAPSHOT_FIELDS(UsageRecord, machine, boots, modules, observed_since, stopped)

}  // namespace kmodsec
