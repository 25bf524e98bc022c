// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/content_digests.hpp"

#include "format/signatures/kernel_public_key.hpp"

namespace kmodsec {

ContentDigests::ContentDigests(std::string_view bytes, std::string_view sha256) : bytes_(bytes) {
  if (!sha256.empty()) known_.emplace(KernelOid::sha256, sha256);
}

const std::optional<std::string>& ContentDigests::of(KernelOid digest) {
  const auto found = known_.find(digest);
  if (found != known_.end()) return found->second;
  return known_.emplace(digest, compute_digest(digest, bytes_)).first->second;
}

}  // namespace kmodsec
