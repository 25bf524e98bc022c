// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "collect/modules/module_search.hpp"
#include "collect/scope.hpp"
#include "format/signatures/signer_certificates.hpp"
#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The releases that have a folder of modules, oldest first: none where there is no place for such
/// folders. An error where one of the places cannot be listed.
Result<std::vector<std::string>> installed_kernels(const Root& root);

/// Where the files of modules lie, by their names, normalised, as far as there are such.
std::vector<std::string> paths_of_modules(const Root& root, const std::string& release,
                                          const std::set<std::string>& names);

/// The module files at these paths, read with as many threads as there are processors, sorted by
/// path. `release` tells which kernel DKMS would have built them for.
std::vector<ModuleFile> collect_module_files(const Root& root, const std::string& release,
                                             const std::vector<std::string>& paths,
                                             const CollectScope& scope,
                                             const SignerCertificates& signers);

/// The folder of one release with what `scope` asks for; `loaded` says which files that means.
ModuleTree collect_module_tree(const Root& root, const std::string& release,
                               const CollectScope& scope,
                               const Seen<std::vector<LoadedModule>>& loaded,
                               const SignerCertificates& signers);

/// The folder of one release with all of its module files; those that were read before are not read
/// again.
ModuleTree collect_whole_tree(const Root& root, const std::string& release,
                              const CollectScope& scope, std::vector<ModuleFile> read_before);

}  // namespace kmodsec
