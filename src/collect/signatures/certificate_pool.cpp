// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/signatures/certificate_pool.hpp"

#include <algorithm>
#include <utility>

#include "format/signatures/certificate.hpp"

namespace kmodsec {

std::string CertificatePool::add(std::string_view der, const CertificateSource& source) {
  auto certificate = describe_certificate(der);
  if (!certificate) return {};
  const std::string fingerprint = certificate->fingerprint;
  const auto [place, is_new] = places_.try_emplace(fingerprint, described_.size());
  if (!is_new) {
    std::vector<CertificateSource>& sources = described_[place->second].sources;
    if (std::ranges::find(sources, source) == sources.end()) sources.push_back(source);
    return fingerprint;
  }
  certificate->sources.push_back(source);
  described_.push_back(std::move(*certificate));
  signers_.add(der);
  return fingerprint;
}

}  // namespace kmodsec
