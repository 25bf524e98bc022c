// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collect/scope.hpp"
#include "format/signatures/signer_certificates.hpp"
#include "model/modules/module.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Reads a module file once and takes everything from the same bytes: digests, modinfo, signature.
/// Signatures are held against `signers` where `scope` asks for it. A file that cannot be read or
/// parsed is a fact with its reason, not an error of the run.
ModuleFile collect_module_file(const Root& root, const std::string& path, const CollectScope& scope,
                               const SignerCertificates& signers);

/// The same of the bytes of such a file.
ModuleFile read_module_file(const std::string& path, std::string_view bytes,
                            const CollectScope& scope, const SignerCertificates& signers,
                            Budget& budget);

/// The symbol versions in a module file; none when it was built without them.
Result<std::vector<SymbolVersion>> collect_symbol_versions(const Root& root,
                                                           const std::string& path);

}  // namespace kmodsec
