// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/kernel_features.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "model/kernel/kernel_changes.hpp"

namespace kmodsec {
namespace {

constexpr unsigned always = 0;
constexpr unsigned never = 1000000;

/// A range of versions that have it for sure, and one that lacks it for sure on both sides. Between
/// them it came or went in a stable release, or not all builds have it.
struct Feature {
  std::string_view need;
  unsigned maybe_since;
  unsigned since;
  unsigned until;
  unsigned maybe_until;
  std::string_view option;  ///< Of the build, that brings it in; empty when nothing asks one.
  KernelErrno error;
};

/// linux: crypto/asymmetric_keys/pkcs7_parser.c, x509_cert_parser.c, x509_akid.asn1,
/// crypto/ecdsa.c.
constexpr std::array features = {
    Feature{"md4", always, always, 6007, 6007, "CONFIG_CRYPTO_MD4", KernelErrno::enopkg},
    Feature{"md5", always, always, 6007, 6007, "CONFIG_CRYPTO_MD5", KernelErrno::enopkg},
    Feature{"sha1", always, 6009, never, never, "", KernelErrno::enopkg},
    Feature{"sha1", always, always, 6007, never, "", KernelErrno::enopkg},
    Feature{"sha3-256", 6007, 6007, never, never, "CONFIG_CRYPTO_SHA3", KernelErrno::enopkg},
    Feature{"sha3-384", 6007, 6007, never, never, "CONFIG_CRYPTO_SHA3", KernelErrno::enopkg},
    Feature{"sha3-512", 6007, 6007, never, never, "CONFIG_CRYPTO_SHA3", KernelErrno::enopkg},
    Feature{"shake128", 7000, never, never, never, "", KernelErrno::enopkg},
    Feature{"shake256", 7000, never, never, never, "", KernelErrno::enopkg},
    Feature{"ml-dsa", 7000, 7000, never, never, "CONFIG_CRYPTO_MLDSA", KernelErrno::enopkg},
    Feature{"signed-attributes", 7000, 7000, never, never,
            "CONFIG_PKCS7_WAIVE_AUTHATTRS_REJECTION_FOR_MLDSA", KernelErrno::ekeyrejected},
    Feature{"sm2", always, never, never, 6012, "CONFIG_CRYPTO_SM2", KernelErrno::enopkg},
    Feature{"ecdsa", 5013, 5013, never, never, "CONFIG_CRYPTO_ECDSA", KernelErrno::enoent},
    Feature{"ecdsa-nist-p192", 5013, 5013, 6013, never, "CONFIG_CRYPTO_ECDSA", KernelErrno::enoent},
    Feature{"ecdsa-nist-p521", 6010, 6010, never, never, "CONFIG_CRYPTO_ECDSA",
            KernelErrno::enopkg},
    Feature{"odd-key-usage", always, always, 6004, 6004, "", KernelErrno::ebadmsg},
    Feature{"odd-basic-constraints", always, always, 6004, 6004, "", KernelErrno::ebadmsg},
    Feature{"no-authority-told", always, always, 6004, never, "", KernelErrno::ebadmsg},
    Feature{"other-names", always, 6012, never, never, "", KernelErrno::ebadmsg},
};

Support by_version(const Feature& feature, unsigned version) {
  if (version == 0) return Support::unsure;
  if (version >= feature.since && version < feature.until) return Support::yes;
  const bool may = version >= feature.maybe_since && version < feature.maybe_until;
  return may ? Support::unsure : Support::no;
}

/// What is built as a module may be there when a signature is checked, or not. A kernel's options
/// name each of cryptography that is not set; where none is there, they were not kept.
Support by_option(std::string_view option, const Seen<KernelConfig>& config) {
  constexpr std::string_view family = "CONFIG_CRYPTO_";
  if (option.empty()) return Support::yes;
  if (!config) return Support::unsure;
  const auto found = config->find(std::string(option));
  if (found != config->end() && found->second == "y") return Support::yes;
  if (found != config->end()) return found->second == "n" ? Support::no : Support::unsure;
  const auto first = config->lower_bound(std::string(family));
  const bool keeps_them = first != config->end() && first->first.starts_with(family);
  return keeps_them ? Support::no : Support::unsure;
}

KernelErrno error_of(std::string_view need) {
  const auto* const found = std::ranges::find(features, need, &Feature::need);
  return found == features.end() ? KernelErrno::enopkg : found->error;
}

}  // namespace

KernelFeatures::KernelFeatures(std::string_view release, Seen<KernelConfig> config)
    : version_(kernel_series(release)),
      is_mainline_(release.find(".el") == std::string_view::npos),
      config_(std::move(config)) {}

/// A word that is not in the table can be had by no rule that is known here.
Support KernelFeatures::support_of(std::string_view need) const {
  std::optional<Support> best;
  for (const Feature& feature : features) {
    if (feature.need != need) continue;
    Support version = by_version(feature, version_);
    if (!is_mainline_ && version == Support::no) version = Support::unsure;
    best =
        std::min(best.value_or(Support::no), std::max(version, by_option(feature.option, config_)));
  }
  return best.value_or(Support::unsure);
}

KernelFeatures::Answer KernelFeatures::all(const std::vector<std::string>& needs) const {
  Answer worst;
  for (const std::string& need : needs) {
    const Support support = support_of(need);
    if (support > worst.support) worst = {support, need, error_of(need)};
  }
  return worst;
}

}  // namespace kmodsec
