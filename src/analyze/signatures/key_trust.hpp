// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyze/signatures/firmware_keys.hpp"
#include "analyze/signatures/kernel_features.hpp"
#include "analyze/signatures/key_status.hpp"
#include "model/facts.hpp"
#include "model/trust_report.hpp"

namespace kmodsec {

/// Where the certificate was found first.
std::string place_of(const Certificate& certificate);

/// Where one kernel keeps its keys: in its keyrings where their members were seen, else where the
/// kernel is known to put what its image and the firmware bring. A kernel shows of a key no more
/// than its id, which anybody can copy: a certificate stands for it only if it was found where
/// the kernel fills that keyring from.
class KernelKeys {
 public:
  /// `tree` is that of the kernel, if it has one. `facts` must outlive this.
  KernelKeys(const Facts& facts, const ModuleTree* tree);

  KeyTrust trust_of(const Certificate& certificate) const;

  /// Why a key that no certificate is known of cannot be ruled out; empty when it can.
  std::string doubt() const;

  /// Every key in a keyring that is asked for modules, or may be.
  std::vector<TrustedKey> keys() const;

  /// A keyring that counts holds the certificate's key, whatever lists say of it.
  bool still_accepts(const Certificate& certificate) const;

  /// What this kernel can do with signatures.
  KernelFeatures features() const;

  /// The .blacklist of the kernel holds the certificate's key.
  bool is_blacklisted(const Certificate& certificate) const;

 private:
  const Keyring* keyring(std::string_view name) const;
  bool members_were_seen() const;
  bool image_is_current() const;
  std::string image_doubt() const;
  bool comes_from(const Certificate& certificate, std::string_view keyring) const;
  const Certificate* certificate_of(const KernelKey& key, std::string_view keyring) const;
  KeyTrust by_keyrings(const Certificate& certificate) const;
  std::vector<TrustedKey> keys_by_source() const;
  KeyTrust by_source(const CertificateSource& source, const Certificate& certificate) const;
  KeyTrust best_source(const Certificate& certificate) const;
  const Seen<KernelConfig>& config() const;
  std::vector<std::string> built_in_names() const;
  KernelMaker told_maker() const;
  FirmwareKeys firmware() const;
  std::string way_in(const Certificate& certificate) const;

  const Facts& facts_;
  const ModuleTree* tree_;
  bool live_;
  KernelMaker maker_;
};

}  // namespace kmodsec
