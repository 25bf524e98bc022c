// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace kmodsec {

/// Where a host keeps a set of tables of known vulnerabilities that is newer than the program.
inline constexpr std::string_view installed_cves_path = "/var/lib/kmodsec/cves.tsv";

/// The public keys that such tables may be signed by, in PEM.
inline constexpr std::string_view data_key_folder = "/etc/kmodsec/data-keys";

}  // namespace kmodsec
