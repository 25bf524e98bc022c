// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "system/files/record_source.hpp"

namespace kmodsec {

/// The records of the running kernel as they come, beside auditd and without it. Needs
/// CAP_AUDIT_READ in the first user namespace: else `denied`.
Result<std::unique_ptr<RecordSource>> listen_to_audit();

}  // namespace kmodsec
