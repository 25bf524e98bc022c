// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/signatures/certificate.hpp"

namespace kmodsec {

/// The DER bytes of the certificates in a file: PEM blocks, or one DER certificate or several,
/// one after the other. Errors: `malformed` when none is in it.
Result<std::vector<std::string>> parse_certificates(std::string_view bytes);

/// SHA-256 of a certificate's bytes, hex.
std::string fingerprint_of(std::string_view der);

/// SHA-256 of its to-be-signed part, by which lists revoke it, hex; empty when there is none.
std::string tbs_digest_of(std::string_view der);

/// What a certificate says of itself, without its sources; nothing when the bytes are none.
std::optional<Certificate> describe_certificate(std::string_view der);

}  // namespace kmodsec
