// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/rpm_packages.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "collect/host/sqlite_file.hpp"
#include "collect/host/trusted_files.hpp"
#include "format/host/dpkg.hpp"
#include "format/host/rpm_database.hpp"
#include "format/host/rpm_header.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t rpm_database_limit = 512UL * 1024 * 1024;

/// Fedora, RHEL 9 and openSUSE; before them, and where an administrator moved nothing.
constexpr std::string_view folders[] = {"/usr/lib/sysimage/rpm", "/var/lib/rpm"};

/// Of rpm before 4.16 (Berkeley DB), and of openSUSE's default (ndb).
constexpr std::string_view other_databases[] = {"Packages.db", "Packages"};

Result<std::string> database_path(const Root& root) {
  for (const std::string_view folder : folders) {
    std::string path = std::string(folder) + "/rpmdb.sqlite";
    const auto status = root.status(path);
    if (status) return path;
    if (status.error().kind != ErrorKind::not_found) return std::unexpected(status.error());
  }
  for (const std::string_view folder : folders) {
    for (const std::string_view name : other_databases) {
      std::string path = std::string(folder) + "/" + std::string(name);
      if (root.status(path))
        return failure(ErrorKind::unsupported, path,
                       "a database of rpm that is not kept in SQLite: cannot be read");
    }
  }
  return failure(ErrorKind::not_found, std::string(folders[0]), "no database of rpm");
}

Result<void> for_each_package(const Root& root,
                              const std::function<Result<void>(const RpmHeader&)>& visit) {
  const auto path = database_path(root);
  if (!path) return std::unexpected(path.error());
  if (auto trusted = only_root_may_change(root, *path); !trusted) return trusted;
  auto bytes = read_database(root, *path, rpm_database_limit, "rpm");
  if (!bytes) return std::unexpected(bytes.error());
  return for_each_rpm_header(std::move(*bytes), *path, [&](std::string_view blob) -> Result<void> {
    const auto header = RpmHeader::parse(blob);
    const auto visited = header ? visit(*header) : std::unexpected(header.error());
    if (!visited) return failure(visited.error().kind, *path, visited.error().reason);
    return {};
  });
}

std::string_view folder_of_database(std::string_view path) {
  return path.substr(0, path.rfind('/') + 1);
}

/// "5.14.0-503.el9" of the package, "5.14.0-503.el9.x86_64" of the kernel; and of SUSE, whose
/// packages count on, "6.4.0-150600.23.25.1" and "6.4.0-150600.23.25-default".
bool is_version_of(std::string_view version, std::string_view release) {
  version.remove_prefix(version.find(':') + 1);
  if (release.starts_with(version)) return true;
  const std::string_view without_flavour = release.substr(0, release.rfind('-'));
  return without_flavour.contains('-') && version.starts_with(without_flavour);
}

}  // namespace

Result<std::string> find_rpm_kernel_changelog(const Root& root, std::string_view release) {
  std::string changelog;
  auto read = for_each_package(root, [&](const RpmHeader& header) -> Result<void> {
    const std::string name = header.name();
    if (name.starts_with("kernel") && is_version_of(header.version(), release)) {
      std::string found = header.changelog();
      if (found.size() > changelog.size()) changelog = std::move(found);
    }
    return {};
  });
  if (!read) return std::unexpected(read.error());
  if (changelog.empty())
    return failure(ErrorKind::not_found, std::string(folders[0]), "no changelog of this kernel");
  return changelog;
}

Result<std::map<std::string, RpmOwner>> find_rpm_owners(
    const Root& root, const std::vector<std::string_view>& paths) {
  const std::set<std::string_view> wanted(paths.begin(), paths.end());
  std::set<std::string_view> wanted_folders;
  for (const std::string_view path : paths) wanted_folders.insert(folder_of_database(path));
  const auto is_wanted = [&](std::string_view folder) {
    return wanted_folders.contains(package_path(folder));
  };
  std::map<std::string, RpmOwner> owners;
  const auto read = for_each_package(root, [&](const RpmHeader& package) -> Result<void> {
    auto files = package.files(is_wanted);
    if (!files) return std::unexpected(files.error());
    for (RpmFile& file : *files) {
      const std::string_view path = package_path(file.path);
      if (wanted.contains(path))
        owners.insert_or_assign(std::string(path), RpmOwner{package.name(), package.version(),
                                                            std::move(file.sha256), file.is_link});
    }
    return {};
  });
  if (!read) return std::unexpected(read.error());
  return owners;
}

PackageClaim rpm_claim(const RpmOwner& owner, const Seen<FileDigests>& digests) {
  PackageClaim claim{owner.package, owner.version, PackageLevel::owned_unverified};
  if (!digests || digests->sha256.empty() || owner.sha256.empty()) return claim;
  claim.level = digests->sha256 == owner.sha256 ? PackageLevel::db_match : PackageLevel::mismatch;
  return claim;
}

Result<std::vector<PackageTransaction>> collect_rpm_transactions(const Root& root,
                                                                 std::int64_t since) {
  std::vector<PackageTransaction> transactions;
  const auto read = for_each_package(root, [&](const RpmHeader& package) -> Result<void> {
    const auto time = package.install_time();
    if (time && *time >= since)
      transactions.push_back({*time, "install", package.name(), {}, package.version()});
    return {};
  });
  if (!read) return std::unexpected(read.error());
  std::ranges::stable_sort(transactions, {}, &PackageTransaction::time);
  return transactions;
}

}  // namespace kmodsec
