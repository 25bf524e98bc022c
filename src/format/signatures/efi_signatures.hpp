// SPDX-License-Identifier: GPL-2.0-or-later
//
// The firmware's and shim's lists of trusted and revoked keys: db, dbx, MokListRT, MokListXRT.
// Lists stand one after the other, all integers little-endian
// (UEFI 2.10, 32.4.1; linux: security/integrity/platform_certs/efi_parser.c):
//
//   +--------------------------+  0
//   | type, a GUID             |
//   +--------------------------+  16
//   | list size                |  of all this, to the next list
//   | header size              |
//   | signature size           |  of each entry, its owner included
//   +--------------------------+  28
//   | header                   |
//   +--------------------------+
//   | owner, a GUID | data     |  once or more
//   +--------------------------+
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

enum class EfiSignatureType {
  x509,         ///< A certificate, DER.
  sha256,       ///< The hash of an image.
  x509_sha256,  ///< The hash of a certificate's to-be-signed part, then when it was revoked.
  other,        ///< What no Linux kernel reads.
};

struct EfiSignature {
  EfiSignatureType type = EfiSignatureType::other;
  std::string_view data;  ///< Without the owner; a view into the parsed bytes.
};

struct EfiSignatures {
  std::vector<EfiSignature> entries;
  std::optional<Error> flaw;  ///< Why reading ended early. A kernel keeps what stood before it.
};

EfiSignatures parse_efi_signatures(std::string_view bytes);

}  // namespace kmodsec
