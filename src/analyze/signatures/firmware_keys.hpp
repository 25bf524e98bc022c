// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "analyze/signatures/kernel_features.hpp"
#include "analyze/signatures/kernel_maker.hpp"
#include "analyze/signatures/key_status.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// What one kernel does with the keys that firmware and shim hold, as far as its build options, its
/// keyrings, its maker and the switches of shim prove it (linux:
/// security/integrity/platform_certs/load_uefi.c, keyring_handler.c and machine_keyring.c, 5.18 to
/// 6.19). Each reason names the step that keeps a key out, or may.
class FirmwareKeys {
 public:
  /// `keyrings` are those of the kernel where it runs, else null. All must outlive this.
  FirmwareKeys(const Facts& facts, const Seen<KernelConfig>& config,
               const std::vector<Keyring>* keyrings, KernelMaker maker);

  struct Answer {
    Support support = Support::unsure;
    std::string reason;  ///< Why it is not yes.
  };

  /// Whether the kernel asks .platform for modules: a patch of distributions, never mainline's.
  Answer asks_platform() const;

  KeyTrust in_platform() const;

  /// A key of db, where its keyrings were not seen.
  KeyTrust of_db() const;

  /// A key that shim holds for the machine's owner, where its keyrings were not seen.
  KeyTrust of_owner(const Certificate& certificate) const;

  /// A certificate of the disk: whether shim's list can have it, and how to enroll it.
  KeyTrust of_disk(const std::string& path) const;

 private:
  bool has_option(const std::string& option) const;
  Answer takes_owner_keys() const;
  Answer owner_goes_to_machine(const Certificate& certificate) const;
  Answer may_be_in_machine(const Certificate& certificate) const;

  const FirmwareSwitches* switches_;  ///< Null where they were not looked at.
  const Seen<KernelConfig>& config_;
  const std::vector<Keyring>* keyrings_;
  const Seen<SecureBoot>& secure_boot_;
  KernelMaker maker_;
};

}  // namespace kmodsec
