// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "collect/signatures/certificate_pool.hpp"
#include "model/signatures/certificate.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Reads whose signatures may count: the certificates of the firmware and of shim (MokListRT, db,
/// KEK), those given by the user, those of the keys that this host signs its own modules with, and
/// what dbx, MokListXRT and the kernel's .blacklist revoke. `pool` holds those of kernel images
/// already; it gets the others in this order.
TrustSources collect_trust_sources(const Root& root, const std::vector<std::string>& given,
                                   CertificatePool& pool);

}  // namespace kmodsec
