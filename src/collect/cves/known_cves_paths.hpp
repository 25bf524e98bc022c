// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace kmodsec {

/// Where a host keeps a set of tables of known vulnerabilities that is newer than the program.
inline constexpr std::string_view installed_cves_path = "/var/lib/kmodsec/cves.tsv";

/// The public keys that such tables may be signed by, in PEM.
inline constexpr std::string_view data_key_folder = "/etc/kmodsec/data-keys";

/// Those that come with the package. A file of the same name in the folder above stands for one of
/// these; an empty one takes it away.
inline constexpr std::string_view shipped_data_key_folder = "/usr/share/kmodsec/data-keys";

}  // namespace kmodsec
