// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/packages.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/text.hpp"
#include "collect/host/trusted_files.hpp"
#include "collect/modules/dkms.hpp"
#include "collect/modules/rpm_packages.hpp"
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

/// What dpkg recorded of one package; `digests` points into `sums`. A package without a file of
/// sums has none; one whose file could not be read is another matter.
struct Package {
  std::string name;
  std::string version;
  bool sums_were_read = false;
  std::string sums;
  std::unordered_map<std::string_view, std::string_view> digests;
  std::string entry;  ///< Of the status file; `digests` points into it for configuration files.
  std::optional<Error> unreadable;
};

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

class Database {
 public:
  static Result<Database> open(const Root& root, const std::string& release) {
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
    return Database(root, release, std::move(*updates));
  }

  /// Finds the owner of each wanted path. The kernel's own package is asked first, by its name;
  /// the folder of the others is listed only for what that one does not own.
  Result<void> find_owners(std::vector<std::string_view> wanted) {
    std::ranges::sort(wanted);
    for (const std::string_view kind : kernel_packages) {
      const std::string name = std::string(kind) + release_ + ".list";
      const auto read = take_owned(name, wanted);
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

  std::optional<std::string> owner(std::string_view path) const {
    const auto found = owners_.find(path);
    return found == owners_.end() ? std::nullopt : std::optional(found->second);
  }

  Seen<PackageClaim> claim(const std::string& list, std::string_view path,
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

 private:
  Database(const Root& root, std::string release, std::vector<std::string> updates)
      : root_(root), release_(std::move(release)), updates_(std::move(updates)) {}

  /// Takes those that the list names out of the sorted `wanted`.
  Result<void> take_owned(const std::string& name, std::vector<std::string_view>& wanted) {
    std::set<std::string_view> found;
    const auto look_up = [&](std::string_view lines) {
      for (const std::string_view path : module_paths_of_list(lines)) {
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

  static std::string info_path(const std::string& name) {
    return std::string(info_folder) + "/" + name;
  }

  Package& package_of(const std::string& list) {
    const auto [entry, added] = packages_.try_emplace(list);
    Package& package = entry->second;
    if (!added) return package;
    package.name = utf8_text(package_of_info_file(list));
    package.entry = status_entry(package.name);
    package.version = installed_version(package.entry, package.name).value_or("");
    return package;
  }

  /// Empty when the status file does not tell.
  std::string status_entry(const std::string& package) const {
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

  void read_sums(const std::string& list, Package& package) {
    if (package.sums_were_read) return;
    package.sums_were_read = true;
    auto sums = root_.read(info_path(list.substr(0, list.rfind('.')) + ".md5sums"), database_limit);
    if (!sums && sums.error().kind != ErrorKind::not_found) package.unreadable = sums.error();
    package.sums = std::move(sums).value_or("");
    package.digests = parse_md5sums(package.sums);
    package.digests.merge(conffiles_of(package.entry, package.name));
  }

  const Root& root_;
  std::string release_;
  std::vector<std::string> updates_;
  std::map<std::string, std::string, std::less<>> owners_;
  std::map<std::string, Package> packages_;
};

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

template <class File>
void claim_by_dpkg(const Root& root, const std::string& release, Database& database,
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
    } else {
      file.package = generated_claim(root, release, file, claim_of_source).value_or(PackageClaim{});
    }
  }
}

template <class File>
void claim_by_rpm(const Root& root, const std::string& release, std::vector<File>& files) {
  const auto owners = find_rpm_owners(root, package_paths(files));
  if (!owners && owners.error().kind == ErrorKind::not_found)
    return give_all(files, {ErrorKind::unsupported, std::string(status_file),
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
    } else {
      file.package = generated_claim(root, release, file, claim_of_source).value_or(PackageClaim{});
    }
  }
}

template <class File>
void claim(const Root& root, const std::string& release, std::vector<File>& files) {
  if (files.empty()) return;
  auto database = Database::open(root, release);
  if (database) return claim_by_dpkg(root, release, *database, files);
  if (database.error().kind == ErrorKind::not_found) return claim_by_rpm(root, release, files);
  give_all(files, database.error());
}

}  // namespace

void collect_packages(const Root& root, const std::string& release,
                      std::vector<ModuleFile>& files) {
  claim(root, release, files);
}

void collect_packages(const Root& root, const std::string& release, std::vector<PlainFile>& files) {
  claim(root, release, files);
}

}  // namespace kmodsec
