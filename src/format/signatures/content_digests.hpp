// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "format/signatures/kernel_oids.hpp"

namespace kmodsec {

/// The digests of one content, each computed once, however many signers ask for it.
class ContentDigests {
 public:
  /// `sha256` is its digest where that is known already, raw; else empty.
  ContentDigests(std::string_view bytes, std::string_view sha256);

  /// Raw; nothing when this OpenSSL does not have that digest.
  const std::optional<std::string>& of(KernelOid digest);

  std::string_view bytes() const { return bytes_; }

 private:
  std::string_view bytes_;
  std::map<KernelOid, std::optional<std::string>> known_;
};

}  // namespace kmodsec
