// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "format/signatures/kernel_pkcs7.hpp"

namespace kmodsec {

/// How the certificates of a message vouch for each other, as far as the kernel follows that
/// (linux: crypto/asymmetric_keys/pkcs7_verify.c). Each is verified once, whoever asks.
class EmbeddedChain {
 public:
  /// `certificates` must outlive it.
  explicit EmbeddedChain(const std::vector<KernelCertificate>& certificates)
      : certificates_(certificates), links_(certificates.size()) {}

  struct Path {
    std::vector<std::size_t> certificates;  ///< From the signer's own one up.
    bool ends_in_itself = false;            ///< The last one is its own issuer.
    KernelErrno error = KernelErrno::none;  ///< Why the kernel refuses all of the message.
  };

  /// The first certificate of that issuer and serial number.
  std::optional<std::size_t> find(const std::string& id) const;

  Path from(std::size_t certificate);

 private:
  struct Link {
    std::optional<std::size_t> issuer;
    KernelErrno error = KernelErrno::none;
  };

  const Link& link_of(std::size_t certificate);
  Link look_up(const KernelCertificate& certificate) const;

  const std::vector<KernelCertificate>& certificates_;
  std::vector<std::optional<Link>> links_;
};

}  // namespace kmodsec
