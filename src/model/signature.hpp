// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

namespace kmodsec {

/// What is known of a module's signature. `present` says that one is appended and was read, not
/// that it is good.
enum class SignatureStatus {
  valid,      ///< Good, and this kernel trusts the key.
  untrusted,  ///< Good, but by a key that this kernel does not trust.
  invalid,    ///< The content was altered, or another key of the same name signed it.
  revoked,    ///< The key or the content is on a revocation list.
  unsigned_,  ///< No signature is appended.
  malformed,  ///< Something is appended that is no signature a kernel would read.
  unknown,    ///< Not verified, and the reason says why.
};

/// The fields of an appended signature, as modinfo(8) names and prints them.
struct Signature {
  SignatureStatus status = SignatureStatus::unknown;
  std::string reason;          ///< Why the status is what it is; empty when that is plain.
  std::string id_type;         ///< "PKCS#7" for every kernel since 4.3.
  std::string signer;          ///< Common name of the issuer; empty for key-id signers.
  std::string key_id;          ///< Serial number or subject key id, colon-separated hex.
  std::string hash_algorithm;  ///< Digest that was signed, as OpenSSL names it.
  std::string value;           ///< The raw signature, colon-separated hex.
};

}  // namespace kmodsec
