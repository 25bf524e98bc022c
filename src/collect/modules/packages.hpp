// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/modules/module.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Fills in who owns each file, from the database of dpkg, or of rpm where there is none: who names
/// it, the digest that was recorded for it, or, for a module that DKMS built here, the package of
/// its source. Without a database that we can read, each claim is an error that says so.
void collect_packages(const Root& root, const std::string& release, std::vector<ModuleFile>& files);

/// Another file of the same packages: an image, an index, or configuration.
struct PlainFile {
  std::string path;
  std::string name;  ///< Empty: it is no module.
  Seen<FileDigests> digests;
  Seen<PackageClaim> package;
  bool is_none_of_package = false;  ///< Its package has something else there: a link, a folder.
};
void collect_packages(const Root& root, const std::string& release, std::vector<PlainFile>& files);

/// The same for programs, wherever they lie.
void collect_packages_of_programs(const Root& root, std::vector<PlainFile>& files);

}  // namespace kmodsec
