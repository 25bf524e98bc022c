// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/firmware_keys.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "model/kernel/kernel_options.hpp"

namespace kmodsec {
namespace {

using Answer = FirmwareKeys::Answer;

Answer no(std::string reason) { return {Support::no, std::move(reason)}; }
Answer unsure(std::string reason) { return {Support::unsure, std::move(reason)}; }

/// An option that `make` writes only where its family is there: off where another of it is kept.
Support option_state(const Seen<KernelConfig>& config, const std::string& option,
                     std::string_view family) {
  if (!config) return Support::unsure;
  if (is_built_in(config, option)) return Support::yes;
  const bool is_kept = std::ranges::any_of(
      *config, [&](const auto& entry) { return entry.first.starts_with(family); });
  return is_kept ? Support::no : Support::unsure;
}

}  // namespace

FirmwareKeys::FirmwareKeys(const Facts& facts, const Seen<KernelConfig>& config,
                           const std::vector<Keyring>* keyrings, KernelMaker maker)
    : switches_(facts.trust ? &facts.trust->switches : nullptr),
      config_(config),
      keyrings_(keyrings),
      secure_boot_(facts.kernel.secure_boot),
      maker_(maker) {}

bool FirmwareKeys::has_option(const std::string& option) const {
  return is_built_in(config_, option);
}

Answer FirmwareKeys::asks_platform() const {
  constexpr std::string_view name = ".platform";
  const bool is_shown = keyrings_ != nullptr &&
                        std::ranges::find(*keyrings_, name, &Keyring::name) != keyrings_->end();
  if (keyrings_ != nullptr && !is_shown) return no("this kernel has no keyring .platform");
  if (config_ && !is_shown && !has_option("CONFIG_INTEGRITY_PLATFORM_KEYRING"))
    return no("this kernel is built without a keyring .platform");
  if (maker_ == KernelMaker::unknown)
    return unsure(
        "the mainline kernel does not ask .platform for modules, and it is not proven that this "
        "kernel has a distribution's patch that does");
  if (is_shown || config_) return {Support::yes, {}};
  return unsure("whether this kernel is built with a keyring .platform was not seen");
}

KeyTrust FirmwareKeys::in_platform() const {
  const Answer answer = asks_platform();
  if (answer.support == Support::yes) return {TrustStatus::trusted, "platform", {}};
  const bool never = answer.support == Support::no;
  return {never ? TrustStatus::untrusted : TrustStatus::unsure, "platform",
          "its key is only for .platform: " + answer.reason};
}

KeyTrust FirmwareKeys::of_db() const {
  if (switches_ == nullptr || !switches_->ignores_db)
    return {TrustStatus::unsure,
            {},
            "it is in db, but whether shim makes the kernel ignore db (MokIgnoreDB) was not seen"};
  if (*switches_->ignores_db)
    return {TrustStatus::untrusted,
            {},
            "it is in db, which the kernel ignores because MokIgnoreDB is set: mokutil --use-db"};
  return in_platform();
}

/// Before it reads shim's list at all, the kernel asks for Secure Boot, through a function of IMA
/// that says no where IMA has no rules of the architecture.
Answer FirmwareKeys::takes_owner_keys() const {
  if (!secure_boot_)
    return unsure(
        "owner's keys count only while Secure Boot is on, and whether it is on was not seen");
  if (*secure_boot_ != SecureBoot::enabled)
    return unsure("Secure Boot is off, and most kernels then take no owner's keys");
  if (maker_ == KernelMaker::debian) return {Support::yes, {}};
  const Support ima = option_state(config_, "CONFIG_IMA_SECURE_AND_OR_TRUSTED_BOOT", "CONFIG_IMA");
  if (ima == Support::yes) return {Support::yes, {}};
  return unsure(
      ima == Support::no
          ? "this kernel is built without CONFIG_IMA_SECURE_AND_OR_TRUSTED_BOOT, and so may take "
            "no owner's keys"
          : "owner's keys count only in a kernel with CONFIG_IMA_SECURE_AND_OR_TRUSTED_BOOT, and "
            "whether this one has it was not seen");
}

/// A key that .machine refuses goes to .platform.
Answer FirmwareKeys::may_be_in_machine(const Certificate& certificate) const {
  if (!has_option("CONFIG_INTEGRITY_CA_MACHINE_KEYRING")) return {Support::yes, {}};
  const bool asks_more = has_option("CONFIG_INTEGRITY_CA_MACHINE_KEYRING_MAX");
  if (!certificate.is_authority || (asks_more && !certificate.signs_data))
    return unsure(
        "this kernel takes only certificate authorities into .machine, and whether its certificate "
        "is one was not examined");
  if (!*certificate.is_authority)
    return no(
        "its certificate is not a certificate authority's, and this kernel takes only those into "
        ".machine (CONFIG_INTEGRITY_CA_MACHINE_KEYRING)");
  if (asks_more && *certificate.signs_data)
    return no(
        "its certificate may also sign data, and this kernel takes no such certificate into "
        ".machine (CONFIG_INTEGRITY_CA_MACHINE_KEYRING_MAX)");
  return {Support::yes, {}};
}

Answer FirmwareKeys::owner_goes_to_machine(const Certificate& certificate) const {
  if (!config_) return unsure("whether this kernel has a keyring .machine was not seen");
  if (!has_option("CONFIG_INTEGRITY_MACHINE_KEYRING"))
    return no("this kernel is built without a keyring .machine");
  if (maker_ != KernelMaker::debian) {
    if (switches_ == nullptr || !switches_->trusts_owner)
      return unsure(
          "whether shim lets the kernel trust owner's keys (MokListTrustedRT) was not seen");
    if (!*switches_->trusts_owner)
      return no(
          "shim does not let the kernel trust owner's keys, as MokListTrustedRT is not set: "
          "mokutil --trust-mok");
  }
  return may_be_in_machine(certificate);
}

KeyTrust FirmwareKeys::of_owner(const Certificate& certificate) const {
  constexpr std::string_view enrolled = "it is enrolled, but ";
  const Answer taken = takes_owner_keys();
  if (taken.support != Support::yes)
    return {TrustStatus::unsure, {}, fmt::format("{}{}", enrolled, taken.reason)};
  const Answer machine = owner_goes_to_machine(certificate);
  if (machine.support == Support::yes) return {TrustStatus::trusted, "machine", {}};
  const Answer platform = asks_platform();
  if (platform.support == Support::yes)
    return {TrustStatus::trusted, machine.support == Support::no ? "platform" : "machine", {}};
  const bool never = machine.support == Support::no && platform.support == Support::no;
  return {never ? TrustStatus::untrusted : TrustStatus::unsure,
          {},
          fmt::format("{}{}; {}", enrolled, machine.reason, platform.reason)};
}

KeyTrust FirmwareKeys::of_disk(const std::string& path) const {
  if (switches_ == nullptr || !switches_->has_owner_list)
    return {TrustStatus::unsure,
            {},
            fmt::format("its certificate is {}; whether the machine has it enrolled was not seen",
                        path)};
  return {
      TrustStatus::untrusted,
      {},
      fmt::format("its certificate is {}, which is not enrolled: mokutil --import {}", path, path)};
}

}  // namespace kmodsec
