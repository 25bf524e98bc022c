// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/key_trust.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "analyze/kernel/running_image.hpp"

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

}  // namespace

std::string place_of(const Certificate& certificate) {
  return certificate.sources.empty() ? "a certificate from nowhere"
                                     : certificate.sources.front().path;
}

KernelKeys::KernelKeys(const Facts& facts, const ModuleTree* tree)
    : facts_(facts),
      tree_(tree),
      live_(facts.live && (tree == nullptr || tree->release == facts.kernel.release.value_or(""))),
      maker_(told_maker()) {}

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

/// Where the release of the kernel that runs was not seen, any tree may be its own.
bool KernelKeys::image_is_current() const {
  const Seen<std::string>& running = facts_.kernel.release;
  const bool may_run = facts_.live && (!running || *running == tree_->release);
  return !may_run || is_running_image(facts_.kernel, *tree_->image);
}

std::string KernelKeys::image_doubt() const {
  return facts_.kernel.release ? "which is another build than the kernel that runs"
                               : "and which kernel runs was not seen";
}

/// The names of the keys that are built in are those of the keyring, else those of the image.
std::vector<std::string> KernelKeys::built_in_names() const {
  std::vector<std::string> names;
  const Keyring* builtin = keyring(module_keyrings.front().name);
  if (builtin != nullptr && builtin->members) {
    for (const KernelKey& key : *builtin->members) names.push_back(key.subject);
  } else if (tree_ != nullptr && tree_->image && facts_.trust && image_is_current()) {
    const std::unordered_set<std::string_view> own(tree_->image->certificates.begin(),
                                                   tree_->image->certificates.end());
    for (const Certificate& one : facts_.trust->certificates) {
      if (own.contains(one.fingerprint)) names.push_back(one.subject);
    }
  }
  return names;
}

KernelMaker KernelKeys::told_maker() const {
  BuildMarks marks{.release = facts_.kernel.release.value_or(""),
                   .banner = live_ ? facts_.kernel.version.value_or("") : "",
                   .built_in = built_in_names()};
  if (tree_ != nullptr) marks.release = tree_->release;
  if (marks.banner.empty() && tree_ != nullptr && tree_->image)
    marks.banner = tree_->image->version;
  return maker_of(marks);
}

FirmwareKeys KernelKeys::firmware() const {
  const bool are_seen = live_ && facts_.kernel.keyrings;
  return {facts_, config(), are_seen ? &*facts_.kernel.keyrings : nullptr, maker_};
}

/// Which step keeps a certificate out of the keyrings, as far as it is known.
std::string KernelKeys::way_in(const Certificate& certificate) const {
  std::optional<KeyTrust> best;
  for (const CertificateSource& source : certificate.sources) {
    const bool has_way = source.origin == CertificateOrigin::mok ||
                         source.origin == CertificateOrigin::db ||
                         source.origin == CertificateOrigin::disk;
    if (!has_way) continue;
    KeyTrust other = by_source(source, certificate);
    if (!best || other.trust_status < best->trust_status) best = std::move(other);
  }
  return best && !best->reason.empty() ? "; " + best->reason : "";
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
    if (one.word == "platform") return firmware().in_platform();
    return {TrustStatus::trusted, std::string(one.word), {}};
  }
  if (!user.empty())
    return {
        TrustStatus::unsure,
        {},
        fmt::format("it has the id of a key in {}, which does not prove that it is the key of {}",
                    user, place_of(certificate))};
  return {TrustStatus::untrusted,
          {},
          fmt::format("no keyring of this kernel holds the key of {}{}", place_of(certificate),
                      way_in(certificate))};
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

KeyTrust KernelKeys::by_source(const CertificateSource& source,
                               const Certificate& certificate) const {
  switch (source.origin) {
    case CertificateOrigin::kernel_image:
      if (tree_ != nullptr && !tree_->image)
        return {TrustStatus::unsure, {}, "the image of this kernel was not seen"};
      if (tree_ == nullptr || tree_->image->path != source.path)
        return {TrustStatus::untrusted, {}, "it is built into another kernel, " + source.path};
      if (!image_is_current())
        return {TrustStatus::unsure, {}, "it is built into " + source.path + ", " + image_doubt()};
      return {TrustStatus::trusted, "builtin", {}};
    case CertificateOrigin::mok: return firmware().of_owner(certificate);
    case CertificateOrigin::db: return firmware().of_db();
    case CertificateOrigin::kek:
      return {
          TrustStatus::untrusted, {}, "it is a key of " + source.path + ", which no kernel asks"};
    case CertificateOrigin::given:
      if (live_ && facts_.kernel.modules_supported.value_or(true))
        return {TrustStatus::unsure, {}, "whether this kernel has the given key was not seen"};
      return {TrustStatus::trusted, "given", {}};
    case CertificateOrigin::disk: return firmware().of_disk(source.path);
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
      trust_status.reason += ", " + image_doubt();
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
    KeyTrust other = by_source(source, certificate);
    if (!best || other.trust_status < best->trust_status) best = std::move(other);
  }
  if (!best) return {TrustStatus::untrusted, {}, "where its certificate comes from is not known"};
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
    return fmt::format("its keys are those in {}, {}", tree_->image->path, image_doubt());
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
  const bool platform_counts = firmware().asks_platform().support == Support::yes;
  for (const ModuleKeyring& one : module_keyrings) {
    const Keyring* found = keyring(one.name);
    if (found == nullptr || !found->members) continue;
    for (const KernelKey& key : *found->members) {
      TrustedKey trusted{.keyring = std::string(one.word),
                         .subject = key.subject,
                         .id = key.id,
                         .certificate = {},
                         .for_modules = one.word != "platform" || platform_counts};
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
