// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/report.hpp"
#include "model/signatures/certificate.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// A private key that may sign modules. Of its own bytes nothing is kept.
struct FoundKey {
  SigningKey key;                ///< Without its certificate.
  std::string certificate_path;  ///< Empty where none was found.
  std::string certificate;       ///< DER.
};

/// The private keys at the places where the tools of distributions put them: the build of a kernel,
/// DKMS and what its framework.conf names, shim-signed, akmods, NVIDIA's installer, sbctl, and the
/// tools that sign unified kernel images. Each file once, whatever links lead to it.
std::vector<FoundKey> find_signing_keys(const Root& root, std::vector<Unseen>& unseen);

}  // namespace kmodsec
