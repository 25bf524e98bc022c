// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/host/package_transaction.hpp"
#include "model/modules/module.hpp"
#include "model/seen.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The package of a file by rpm's database.
struct RpmOwner {
  std::string package;
  std::string version;
  std::string sha256;    ///< That the package has for the file; empty without one.
  bool is_link = false;  ///< The package has a symbolic link there.
};

/// Whose the paths are, in the spelling of `package_path`; those that nobody owns are left out. Of
/// two versions of a package that have the same file, it is the one that was installed last.
/// Errors: `not_found` without a database of rpm; `unsupported` for one that is not kept in SQLite;
/// `io` while rpm writes to it.
Result<std::map<std::string, RpmOwner>> find_rpm_owners(const Root& root,
                                                        const std::vector<std::string_view>& paths);

/// The changelog of the package of this kernel, as `RpmHeader::changelog`. Errors: as above, and
/// `not_found` when no package of this kernel is installed.
Result<std::string> find_rpm_kernel_changelog(const Root& root, std::string_view release);

PackageClaim rpm_claim(const RpmOwner& owner, const Seen<FileDigests>& digests);

/// The packages that were installed since, oldest first. rpm keeps no log: each installed package
/// has the time of its installation, and what was taken away is unknown. Errors: as above.
Result<std::vector<PackageTransaction>> collect_rpm_transactions(const Root& root,
                                                                 std::int64_t since);

}  // namespace kmodsec
