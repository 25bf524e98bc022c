// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/facts.hpp"
#include "model/modules/identity.hpp"
#include "model/modules/module_file_state.hpp"
#include "model/signatures/signature.hpp"

namespace kmodsec {

/// A key that one kernel has in a keyring.
struct TrustedKey {
  std::string keyring;  ///< "builtin", "secondary", "machine" or "platform".
  std::string subject;
  std::string id;           ///< As /proc/keys shows it.
  std::string certificate;  ///< Where its certificate was found; empty when it was not.
  bool for_modules = true;  ///< Module verification of this kernel is known to ask the keyring.
};

struct VerifiedModule {
  std::string name;
  const ModuleFile* file = nullptr;  ///< Nothing for a loaded module without a file.
  ModuleFileState file_state;
  SignatureVerdict verdict;
  std::optional<Identity> identity;  ///< Of a loaded module.
};

/// The answer of `verify`. Points into the `Facts`.
struct TrustReport {
  const Facts* facts = nullptr;
  std::vector<VerifiedModule> modules;
  std::vector<TrustedKey> keys;
  std::vector<Unseen> unseen;
};

}  // namespace kmodsec
