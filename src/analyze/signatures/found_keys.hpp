// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <string>

#include "model/facts.hpp"

namespace kmodsec {

/// The certificate that lies beside a private key; null where none does.
inline const Certificate* certificate_of(const SigningKey& key, const TrustSources& trust) {
  const auto found =
      std::ranges::find(trust.certificates, key.certificate, &Certificate::fingerprint);
  return key.certificate.empty() || found == trust.certificates.end() ? nullptr : &*found;
}

/// Calls `visit` with each private key on the disk and in an initramfs, and where it lies. The
/// facts must have their trust.
template <class Visit>
void for_each_signing_key(const Facts& facts, Visit visit) {
  for (const SigningKey& key : facts.trust->signing_keys) visit(key, key.path);
  for (const ModuleTree& tree : facts.trees) {
    if (!tree.initramfs_images) continue;
    for (const InitramfsImage& image : *tree.initramfs_images) {
      for (const SigningKey& key : image.signing_keys) visit(key, image.path + ":" + key.path);
    }
  }
}

}  // namespace kmodsec
