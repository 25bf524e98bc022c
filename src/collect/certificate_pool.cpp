// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/certificate_pool.hpp"

#include <algorithm>
#include <utility>

#include "format/certificate.hpp"

namespace kmodsec {

std::string CertificatePool::add(std::string_view der, const CertificateSource& source) {
  auto certificate = describe_certificate(der);
  if (!certificate) return {};
  const std::string fingerprint = certificate->fingerprint;
  const auto known = std::ranges::find(described_, fingerprint, &Certificate::fingerprint);
  if (known != described_.end()) {
    if (std::ranges::find(known->sources, source) == known->sources.end())
      known->sources.push_back(source);
    return fingerprint;
  }
  certificate->sources.push_back(source);
  described_.push_back(std::move(*certificate));
  signers_.add(der);
  return fingerprint;
}

}  // namespace kmodsec
