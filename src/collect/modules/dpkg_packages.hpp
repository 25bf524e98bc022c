// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "model/modules/module.hpp"
#include "model/seen.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What is asked of dpkg.
struct DpkgSearch {
  std::vector<std::string> likely;  ///< The packages that are asked first.
  std::vector<std::string_view> (*paths)(std::string_view list) = nullptr;  ///< Of a .list file.
};

/// For module files of this kernel, and for others of its packages.
DpkgSearch dpkg_search_for_modules(const std::string& release);

/// For programs, wherever they lie.
DpkgSearch dpkg_search_for_programs();

/// The database of dpkg, asked for the files of one search.
class DpkgDatabase {
 public:
  /// Errors: `not_found` without a database, or with an empty one; `denied` for one that others
  /// than root may write; those of reading.
  static Result<DpkgDatabase> open(const Root& root, DpkgSearch search);

  /// Finds the owner of each wanted path, in the spelling of `package_path`. The likely packages
  /// are asked first, by their names; the folder of the others is listed only for what these do not
  /// own.
  Result<void> find_owners(std::vector<std::string_view> wanted);

  /// The .list file of the package that owns the path, by what was found.
  std::optional<std::string> owner(std::string_view path) const;

  Seen<PackageClaim> claim(const std::string& list, std::string_view path,
                           const Seen<FileDigests>& digests);

  /// Whether the package lists its files with their sums, and this path is not among them.
  bool has_no_file(const std::string& list, std::string_view path);

 private:
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

  DpkgDatabase(const Root& root, DpkgSearch search, std::vector<std::string> updates);

  Result<void> take_owned(const std::string& name, std::vector<std::string_view>& wanted);
  Package& package_of(const std::string& list);
  std::string status_entry(const std::string& package) const;
  void read_sums(const std::string& list, Package& package);

  const Root& root_;
  DpkgSearch search_;
  std::vector<std::string> updates_;
  std::map<std::string, std::string, std::less<>> owners_;
  std::map<std::string, Package> packages_;
};

}  // namespace kmodsec
