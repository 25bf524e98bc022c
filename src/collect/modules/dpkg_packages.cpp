// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/dpkg_packages.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "collect/host/trusted_files.hpp"
#include "format/host/dpkg.hpp"
#include "system/files/pieces.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t database_limit = 64UL * 1024 * 1024;
constexpr std::string_view status_file = "/var/lib/dpkg/status";
constexpr std::string_view info_folder = "/var/lib/dpkg/info";
constexpr std::string_view updates_folder = "/var/lib/dpkg/updates";

/// Debian and Ubuntu name the packages of a kernel after its release.
constexpr std::array<std::string_view, 3> kernel_packages = {"linux-image-", "linux-modules-",
                                                             "linux-modules-extra-"};

/// Those of the programs that load modules, and of false(1).
constexpr std::array<std::string_view, 5> program_packages = {"kmod", "udev", "systemd",
                                                              "coreutils", "busybox"};

/// What a dpkg that is running, or was killed, has not written into its status file yet: one entry
/// in each file, newest first. A trigger and a kernel's hooks run before that.
Result<std::vector<std::string>> entries_since_status(const Root& root) {
  constexpr std::size_t entry_limit = 1024UL * 1024;
  std::vector<std::string> entries;
  auto files = root.list(updates_folder);
  if (!files && files.error().kind == ErrorKind::not_found) return entries;
  if (!files) return std::unexpected(files.error());
  std::erase_if(*files, [](const Entry& file) {
    return file.name.find_first_not_of("0123456789") != std::string::npos;
  });
  std::ranges::sort(*files, std::greater{}, &Entry::name);
  for (const Entry& file : *files) {
    auto text = root.read(std::string(updates_folder) + "/" + file.name, entry_limit);
    const bool is_in_the_status_file_by_now = !text && text.error().kind == ErrorKind::not_found;
    if (is_in_the_status_file_by_now) continue;
    if (!text) return std::unexpected(text.error());
    entries.push_back(std::move(*text));
  }
  return entries;
}

std::string info_path(const std::string& name) { return std::string(info_folder) + "/" + name; }

}  // namespace

DpkgSearch dpkg_search_for_modules(const std::string& release) {
  DpkgSearch search{.likely = {}, .paths = module_paths_of_list};
  for (const std::string_view kind : kernel_packages)
    search.likely.push_back(std::string(kind) + release);
  return search;
}

DpkgSearch dpkg_search_for_programs() {
  return {.likely = {program_packages.begin(), program_packages.end()}, .paths = paths_of_list};
}

DpkgDatabase::DpkgDatabase(const Root& root, DpkgSearch search, std::vector<std::string> updates)
    : root_(root), search_(std::move(search)), updates_(std::move(updates)) {}

Result<DpkgDatabase> DpkgDatabase::open(const Root& root, DpkgSearch search) {
  const auto status = root.open(status_file);
  if (!status) return std::unexpected(status.error());
  for (const std::string_view path : {status_file, info_folder}) {
    const auto trusted = only_root_may_change(root, std::string(path));
    if (!trusted && trusted.error().kind != ErrorKind::not_found)
      return std::unexpected(trusted.error());
  }
  auto updates = entries_since_status(root);
  if (!updates) return std::unexpected(updates.error());
  const bool has_no_package = (*status)->size() == 0 && updates->empty();
  if (has_no_package) return failure(ErrorKind::not_found, std::string(status_file), "is empty");
  return DpkgDatabase(root, std::move(search), std::move(*updates));
}

Result<void> DpkgDatabase::find_owners(std::vector<std::string_view> wanted) {
  std::ranges::sort(wanted);
  for (const std::string& package : search_.likely) {
    const auto read = take_owned(package + ".list", wanted);
    if (!read && read.error().kind != ErrorKind::not_found) return read;
    if (wanted.empty()) return {};
  }
  const auto entries = root_.list(info_folder);
  if (!entries) return std::unexpected(entries.error());
  for (const Entry& entry : *entries) {
    if (!entry.name.ends_with(".list")) continue;
    if (const auto read = take_owned(entry.name, wanted); !read) return read;
    if (wanted.empty()) return {};
  }
  return {};
}

std::optional<std::string> DpkgDatabase::owner(std::string_view path) const {
  const auto found = owners_.find(path);
  return found == owners_.end() ? std::nullopt : std::optional(found->second);
}

Seen<PackageClaim> DpkgDatabase::claim(const std::string& list, std::string_view path,
                                       const Seen<FileDigests>& digests) {
  Package& package = package_of(list);
  PackageClaim claim{package.name, package.version, PackageLevel::owned_unverified};
  if (!digests || digests->md5.empty()) return claim;
  read_sums(list, package);
  if (package.unreadable) return std::unexpected(*package.unreadable);
  const auto recorded = package.digests.find(path);
  if (recorded != package.digests.end())
    claim.level =
        recorded->second == digests->md5 ? PackageLevel::db_match : PackageLevel::mismatch;
  return claim;
}

bool DpkgDatabase::has_no_file(const std::string& list, std::string_view path) {
  Package& package = package_of(list);
  read_sums(list, package);
  return !package.unreadable && !package.sums.empty() && !package.digests.contains(path);
}

/// Takes those that the list names out of the sorted `wanted`.
Result<void> DpkgDatabase::take_owned(const std::string& name,
                                      std::vector<std::string_view>& wanted) {
  std::set<std::string_view> found;
  const auto look_up = [&](std::string_view lines) {
    for (const std::string_view path : search_.paths(lines)) {
      const auto at = std::ranges::lower_bound(wanted, path);
      if (at != wanted.end() && *at == path) found.insert(*at);
    }
    return found.size() < wanted.size();
  };
  if (const auto read = for_each_piece(root_, info_path(name), "\n", look_up); !read) return read;
  for (const std::string_view path : found) owners_.emplace(path, name);
  std::erase_if(wanted, [&](std::string_view path) { return found.contains(path); });
  return {};
}

DpkgDatabase::Package& DpkgDatabase::package_of(const std::string& list) {
  const auto [entry, added] = packages_.try_emplace(list);
  Package& package = entry->second;
  if (!added) return package;
  package.name = utf8_text(package_of_info_file(list));
  package.entry = status_entry(package.name);
  package.version = installed_version(package.entry, package.name).value_or("");
  return package;
}

/// Empty when the status file does not tell.
std::string DpkgDatabase::status_entry(const std::string& package) const {
  for (const std::string& update : updates_) {
    const std::string_view newest = status_entry_of(update, package);
    if (!newest.empty()) return std::string(newest);
  }
  std::string entry;
  const auto search = for_each_piece(root_, status_file, "\n\n", [&](std::string_view entries) {
    entry = status_entry_of(entries, package);
    return entry.empty();
  });
  return search ? entry : std::string{};
}

void DpkgDatabase::read_sums(const std::string& list, Package& package) {
  if (package.sums_were_read) return;
  package.sums_were_read = true;
  auto sums = root_.read(info_path(list.substr(0, list.rfind('.')) + ".md5sums"), database_limit);
  if (!sums && sums.error().kind != ErrorKind::not_found) package.unreadable = sums.error();
  package.sums = std::move(sums).value_or("");
  package.digests = parse_md5sums(package.sums);
  package.digests.merge(conffiles_of(package.entry, package.name));
}

}  // namespace kmodsec
