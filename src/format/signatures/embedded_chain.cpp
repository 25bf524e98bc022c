// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/embedded_chain.hpp"

#include <algorithm>

namespace kmodsec {

std::optional<std::size_t> EmbeddedChain::find(const std::string& id) const {
  const auto found = std::ranges::find(certificates_, id, &KernelCertificate::id);
  if (found == certificates_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - certificates_.begin());
}

EmbeddedChain::Link EmbeddedChain::look_up(const KernelCertificate& certificate) const {
  auto issuer = certificates_.end();
  if (certificate.issuer_id) {
    issuer = std::ranges::find(certificates_, *certificate.issuer_id, &KernelCertificate::id);
    if (issuer != certificates_.end() && certificate.issuer_key_id &&
        issuer->key_id != certificate.issuer_key_id)
      return {.issuer = std::nullopt, .error = KernelErrno::ekeyrejected};
  } else if (certificate.issuer_key_id) {
    issuer =
        std::ranges::find(certificates_, certificate.issuer_key_id, &KernelCertificate::key_id);
  }
  if (issuer == certificates_.end()) return {};
  const auto digest = to_verify(certificate.signature, certificate.to_be_signed);
  const auto answer =
      digest ? verify(issuer->key, certificate.signature, *digest) : std::optional<KernelErrno>();
  return {.issuer = static_cast<std::size_t>(issuer - certificates_.begin()),
          .error = answer.value_or(KernelErrno::none)};
}

const EmbeddedChain::Link& EmbeddedChain::link_of(std::size_t certificate) {
  auto& link = links_[certificate];
  if (!link) link = look_up(certificates_[certificate]);
  return *link;
}

EmbeddedChain::Path EmbeddedChain::from(std::size_t certificate) {
  Path path;
  std::vector<bool> seen(certificates_.size());
  for (std::size_t at = certificate;;) {
    path.certificates.push_back(at);
    seen[at] = true;
    path.ends_in_itself = certificates_[at].self_signed;
    if (path.ends_in_itself) return path;
    const Link& link = link_of(at);
    if (link.issuer && seen[*link.issuer]) return path;
    path.error = link.error;
    if (path.error != KernelErrno::none || !link.issuer) return path;
    at = *link.issuer;
  }
}

}  // namespace kmodsec
