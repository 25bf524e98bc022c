// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/packages.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "collect/modules/dkms.hpp"
#include "collect/modules/dpkg_packages.hpp"
#include "collect/modules/rpm_packages.hpp"
#include "format/host/dpkg.hpp"

namespace kmodsec {
namespace {

using FindClaim = std::function<std::optional<PackageClaim>(std::string_view path)>;

/// A module that DKMS built belongs to the package of its source.
template <class File>
std::optional<PackageClaim> generated_claim(const Root& root, const std::string& release,
                                            const File& file, const FindClaim& claim_of) {
  if (file.name.empty()) return std::nullopt;
  for (const std::string& source : dkms_sources_of(root, release, file.name, file.path)) {
    auto claim = claim_of(package_path(source));
    if (!claim) continue;
    claim->level = PackageLevel::generated;
    return claim;
  }
  return std::nullopt;
}

template <class File>
void give_all(std::vector<File>& files, const Error& error) {
  for (File& file : files) file.package = std::unexpected(error);
}

template <class File>
std::vector<std::string_view> package_paths(const std::vector<File>& files) {
  std::vector<std::string_view> paths;
  for (const File& file : files) paths.push_back(package_path(file.path));
  return paths;
}

/// A link or a folder of a package has no digest: where a file is instead, it was put there since.
void note_kind(ModuleFile&, const std::function<bool()>&) {}

void note_kind(PlainFile& file, const std::function<bool()>& package_has_no_file) {
  const bool has_no_digest =
      file.package && file.package->level == PackageLevel::owned_unverified && file.digests;
  file.is_none_of_package = has_no_digest && package_has_no_file();
}

template <class File>
void claim_by_dpkg(const Root& root, const std::string& release, DpkgDatabase& database,
                   std::vector<File>& files) {
  if (const auto found = database.find_owners(package_paths(files)); !found)
    return give_all(files, found.error());
  const auto claim_of_source = [&](std::string_view path) -> std::optional<PackageClaim> {
    if (!database.find_owners({path})) return std::nullopt;
    const auto list = database.owner(path);
    const auto claim = list ? database.claim(*list, path, {}) : Seen<PackageClaim>{};
    return claim ? std::optional(*claim) : std::nullopt;
  };
  for (File& file : files) {
    const std::string_view path = package_path(file.path);
    if (const auto list = database.owner(path)) {
      file.package = database.claim(*list, path, file.digests);
      note_kind(file, [&] { return database.has_no_file(*list, path); });
    } else {
      file.package = generated_claim(root, release, file, claim_of_source).value_or(PackageClaim{});
    }
  }
}

template <class File>
void claim_by_rpm(const Root& root, const std::string& release, std::vector<File>& files) {
  const auto owners = find_rpm_owners(root, package_paths(files));
  if (!owners && owners.error().kind == ErrorKind::not_found)
    return give_all(files, {ErrorKind::unsupported, "/var/lib/dpkg/status",
                            "no database of dpkg or rpm: who owns the files is unknown"});
  if (!owners) return give_all(files, owners.error());
  std::map<std::string, Result<std::map<std::string, RpmOwner>>> sources;
  const auto claim_of_source = [&](std::string_view path) -> std::optional<PackageClaim> {
    const auto [found, is_new] = sources.try_emplace(std::string(path));
    if (is_new) found->second = find_rpm_owners(root, {path});
    if (!found->second || found->second->empty()) return std::nullopt;
    return rpm_claim(found->second->begin()->second, {});
  };
  for (File& file : files) {
    const auto owner = owners->find(std::string(package_path(file.path)));
    if (owner != owners->end()) {
      file.package = rpm_claim(owner->second, file.digests);
      note_kind(file, [&] { return owner->second.is_link; });
    } else {
      file.package = generated_claim(root, release, file, claim_of_source).value_or(PackageClaim{});
    }
  }
}

template <class File>
void claim(const Root& root, const std::string& release, DpkgSearch search,
           std::vector<File>& files) {
  if (files.empty()) return;
  auto database = DpkgDatabase::open(root, std::move(search));
  if (database) return claim_by_dpkg(root, release, *database, files);
  if (database.error().kind == ErrorKind::not_found) return claim_by_rpm(root, release, files);
  give_all(files, database.error());
}

}  // namespace

void collect_packages(const Root& root, const std::string& release,
                      std::vector<ModuleFile>& files) {
  claim(root, release, dpkg_search_for_modules(release), files);
}

void collect_packages(const Root& root, const std::string& release, std::vector<PlainFile>& files) {
  claim(root, release, dpkg_search_for_modules(release), files);
}

void collect_packages_of_programs(const Root& root, std::vector<PlainFile>& files) {
  claim(root, {}, dpkg_search_for_programs(), files);
}

}  // namespace kmodsec
