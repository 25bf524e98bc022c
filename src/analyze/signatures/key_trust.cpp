// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/key_trust.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyze/kernel/running_image.hpp"
#include "model/kernel/kernel_options.hpp"

namespace kmodsec {
namespace {

struct ModuleKeyring {
  std::string_view name;
  std::string_view word;
  std::array<std::optional<CertificateOrigin>, 2>
      fed_by;  ///< Where its keys come from before anybody can write.
};

/// In the order in which a key that is in several is named (linux: certs/system_keyring.c,
/// security/integrity/platform_certs/load_uefi.c). What is in .secondary_trusted_keys itself was
/// added by a program, so that no file tells of it.
constexpr std::array<ModuleKeyring, 4> module_keyrings = {{
    {".builtin_trusted_keys", "builtin", {{CertificateOrigin::kernel_image}}},
    {".secondary_trusted_keys", "secondary", {}},
    {".machine", "machine", {{CertificateOrigin::mok}}},
    {".platform", "platform", {{CertificateOrigin::mok, CertificateOrigin::db}}},
}};

/// By the id, as the kernel shows no more of a key: another certificate may bear the same.
bool holds_id(const Keyring& keyring, const std::string& id) {
  return keyring.members &&
         std::ranges::find(*keyring.members, id, &KernelKey::id) != keyring.members->end();
}

/// Debian and the Red Hat family carry a patch that asks .platform too; mainline does not.
bool asks_platform(const Facts& facts, const ModuleTree* tree) {
  std::string names = facts.kernel.version.value_or("") + " " + facts.kernel.release.value_or("");
  if (tree != nullptr) names += " " + tree->release + " ";
  if (tree != nullptr && tree->image) names += tree->image->version;
  return names.find("Debian") != std::string::npos || names.find(".el8") != std::string::npos ||
         names.find(".el9") != std::string::npos || names.find(".el10") != std::string::npos ||
         names.find(".fc") != std::string::npos;
}

}  // namespace

std::string place_of(const Certificate& certificate) {
  return certificate.sources.empty() ? "a certificate from nowhere"
                                     : certificate.sources.front().path;
}

KernelKeys::KernelKeys(const Facts& facts, const ModuleTree* tree)
    : facts_(facts),
      tree_(tree),
      live_(facts.live && (tree == nullptr || tree->release == facts.kernel.release.value_or(""))) {
}

const Keyring* KernelKeys::keyring(std::string_view name) const {
  if (!live_ || !facts_.kernel.keyrings) return nullptr;
  const auto found = std::ranges::find(*facts_.kernel.keyrings, name, &Keyring::name);
  return found == facts_.kernel.keyrings->end() ? nullptr : &*found;
}

bool KernelKeys::members_were_seen() const {
  const Keyring* builtin = keyring(module_keyrings.front().name);
  return builtin != nullptr && std::ranges::all_of(module_keyrings, [&](const ModuleKeyring& one) {
           const Keyring* found = keyring(one.name);
           return found == nullptr || found->members.has_value();
         });
}

bool KernelKeys::image_is_current() const {
  return !live_ || is_running_image(facts_.kernel, *tree_->image);
}

KeyTrust KernelKeys::in_platform() const {
  if (asks_platform(facts_, tree_)) return {TrustStatus::trusted, "platform", {}};
  return {TrustStatus::unsure, "platform",
          "its key is in .platform alone, which the mainline kernel does not ask for modules; "
          "whether this kernel does is not known"};
}

/// Whether the kernel fills the keyring from where the certificate was found.
bool KernelKeys::comes_from(const Certificate& certificate, std::string_view keyring) const {
  const auto one = std::ranges::find(module_keyrings, keyring, &ModuleKeyring::name);
  return std::ranges::any_of(certificate.sources, [&](const CertificateSource& source) {
    const bool is_of_this_kernel =
        source.origin != CertificateOrigin::kernel_image ||
        (tree_ != nullptr && tree_->image && tree_->image->path == source.path);
    return is_of_this_kernel && std::ranges::find(one->fed_by, source.origin) != one->fed_by.end();
  });
}

KeyTrust KernelKeys::by_keyrings(const Certificate& certificate) const {
  std::string_view user;
  for (const ModuleKeyring& one : module_keyrings) {
    const Keyring* found = keyring(one.name);
    if (found == nullptr || !holds_id(*found, certificate.key_id)) continue;
    if (user.empty()) user = one.name;
    if (!comes_from(certificate, one.name)) continue;
    if (one.word == "platform") return in_platform();
    return {TrustStatus::trusted, std::string(one.word), {}};
  }
  if (!user.empty())
    return {TrustStatus::unsure,
            {},
            fmt::format("it has the id of a key in {}, and that it is this key is not proven by {}",
                        user, place_of(certificate))};
  return {TrustStatus::untrusted,
          {},
          fmt::format("no keyring of this kernel holds the key of {}", place_of(certificate))};
}

const Seen<KernelConfig>& KernelKeys::config() const {
  if (tree_ == nullptr || (live_ && facts_.kernel.config)) return facts_.kernel.config;
  return tree_->config;
}

KernelFeatures KernelKeys::features() const {
  const std::string release =
      tree_ != nullptr ? tree_->release : facts_.kernel.release.value_or("");
  return {release, config()};
}

/// Where a machine owner key goes (linux: security/integrity/platform_certs/load_uefi.c). Some
/// distributions leave it out while Secure Boot is off.
KeyTrust KernelKeys::enrolled() const {
  if (facts_.kernel.secure_boot.value_or(SecureBoot::enabled) != SecureBoot::enabled)
    return {TrustStatus::unsure,
            {},
            "it is enrolled, but Secure Boot is off, and whether this kernel has taken it over was "
            "not seen"};
  if (is_built_in(config(), "CONFIG_INTEGRITY_MACHINE_KEYRING"))
    return {TrustStatus::trusted, "machine", {}};
  return in_platform();
}

KeyTrust KernelKeys::by_source(const CertificateSource& source) const {
  switch (source.origin) {
    case CertificateOrigin::kernel_image:
      if (tree_ != nullptr && !tree_->image)
        return {TrustStatus::unsure, {}, "the image of this kernel was not seen"};
      if (tree_ == nullptr || tree_->image->path != source.path)
        return {TrustStatus::untrusted, {}, "it is built into another kernel, " + source.path};
      if (!image_is_current())
        return {TrustStatus::unsure,
                {},
                "it is built into " + source.path +
                    ", which is another build than the kernel that runs"};
      return {TrustStatus::trusted, "builtin", {}};
    case CertificateOrigin::mok: return enrolled();
    case CertificateOrigin::db: return in_platform();
    case CertificateOrigin::kek:
      return {
          TrustStatus::untrusted, {}, "it is a key of " + source.path + ", which no kernel asks"};
    case CertificateOrigin::given:
      if (live_ && facts_.kernel.modules_supported.value_or(true))
        return {TrustStatus::unsure, {}, "whether this kernel has the given key was not seen"};
      return {TrustStatus::trusted, "given", {}};
    case CertificateOrigin::disk:
      return {TrustStatus::unsure,
              {},
              "its certificate is " + source.path +
                  "; whether the machine has it enrolled was not seen"};
  }
  return {};
}

KeyTrust KernelKeys::trust_of(const Certificate& certificate) const {
  if (members_were_seen()) {
    KeyTrust trust_status = by_keyrings(certificate);
    const bool of_image = std::ranges::any_of(certificate.sources, [](const auto& source) {
      return source.origin == CertificateOrigin::kernel_image;
    });
    if (trust_status.trust_status == TrustStatus::untrusted && of_image && tree_ != nullptr &&
        tree_->image && !image_is_current())
      trust_status.reason += ", which is another build than the kernel that runs";
    return trust_status;
  }
  return best_source(certificate);
}

/// A certificate that the kernel cannot read is in none of its keyrings, wherever it lies.
KeyTrust KernelKeys::best_source(const Certificate& certificate) const {
  if (!certificate.refused.empty())
    return {TrustStatus::untrusted, {}, "it is " + certificate.refused};
  std::optional<KeyTrust> best;
  for (const CertificateSource& source : certificate.sources) {
    KeyTrust other = by_source(source);
    if (!best || other.trust_status < best->trust_status) best = std::move(other);
  }
  if (!best) return {TrustStatus::untrusted, {}, "where its certificate is from is not told"};
  const KernelFeatures::Answer answer = features().all(certificate.needs);
  if (answer.support == Support::yes || best->trust_status == TrustStatus::untrusted) return *best;
  const bool lacks = answer.support == Support::no;
  return {
      lacks ? TrustStatus::untrusted : TrustStatus::unsure,
      {},
      (lacks ? "this kernel does not take " : "whether this kernel takes its kind is not known: ") +
          answer.need};
}

std::string KernelKeys::doubt() const {
  if (members_were_seen()) {
    for (const TrustedKey& key : keys()) {
      if (key.certificate.empty())
        return fmt::format("the {} keyring holds a key whose certificate was not found: {} {}",
                           key.keyring, key.subject, key.id);
    }
    return {};
  }
  if (tree_ == nullptr) return "no kernel was examined";
  if (!tree_->image)
    return fmt::format("the certificates of this kernel were not seen: {}",
                       to_string(tree_->image.error()));
  if (!image_is_current())
    return tree_->image->path + " is another build than the kernel that runs";
  return {};
}

std::vector<TrustedKey> KernelKeys::keys_by_source() const {
  std::vector<TrustedKey> keys;
  if (!facts_.trust) return keys;
  for (const Certificate& certificate : facts_.trust->certificates) {
    KeyTrust trust_status = trust_of(certificate);
    if (trust_status.trust_status == TrustStatus::trusted)
      keys.push_back({.keyring = std::move(trust_status.keyring),
                      .subject = certificate.subject,
                      .id = certificate.key_id,
                      .certificate = place_of(certificate)});
  }
  return keys;
}

const Certificate* KernelKeys::certificate_of(const KernelKey& key,
                                              std::string_view keyring) const {
  if (!facts_.trust) return nullptr;
  const auto& known = facts_.trust->certificates;
  const auto found = std::ranges::find_if(known, [&](const Certificate& certificate) {
    return certificate.key_id == key.id && comes_from(certificate, keyring);
  });
  return found == known.end() ? nullptr : &*found;
}

std::vector<TrustedKey> KernelKeys::keys() const {
  if (!members_were_seen()) return keys_by_source();
  std::vector<TrustedKey> keys;
  for (const ModuleKeyring& one : module_keyrings) {
    const Keyring* found = keyring(one.name);
    if (found == nullptr || !found->members) continue;
    for (const KernelKey& key : *found->members) {
      TrustedKey trusted{.keyring = std::string(one.word),
                         .subject = key.subject,
                         .id = key.id,
                         .certificate = {},
                         .for_modules = one.word != "platform" || asks_platform(facts_, tree_)};
      if (const Certificate* certificate = certificate_of(key, one.name))
        trusted.certificate = place_of(*certificate);
      keys.push_back(std::move(trusted));
    }
  }
  return keys;
}

bool KernelKeys::still_accepts(const Certificate& certificate) const {
  return members_were_seen() && by_keyrings(certificate).trust_status == TrustStatus::trusted &&
         !is_blacklisted(certificate);
}

bool KernelKeys::is_blacklisted(const Certificate& certificate) const {
  const Keyring* blacklist = keyring(".blacklist");
  return blacklist != nullptr && holds_id(*blacklist, certificate.key_id);
}

}  // namespace kmodsec
