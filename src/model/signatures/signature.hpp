// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/kernel/kernel_errno.hpp"

namespace kmodsec {

/// What stands at the end of a module, as far as reading tells.
enum class SignatureForm {
  absent,
  malformed,  ///< Something that no kernel would read as a signature of a module.
  present,
};

/// What the mathematics say of one signer, whoever is trusted.
enum class SignerOutcome {
  unchecked,       ///< Nobody asked.
  good,            ///< The signature fits the content and a certificate.
  bad,             ///< It does not fit the certificate that it names.
  no_certificate,  ///< No certificate that was found is the one it names.
  unavailable,     ///< An algorithm that cannot be computed here.
  refused,         ///< A kernel refuses the whole message, whoever is trusted.
};

/// What came of a signer and one certificate.
struct SignerMatch {
  SignerOutcome outcome = SignerOutcome::unchecked;
  std::string certificate;           ///< Its fingerprint; empty where the message is refused.
  std::vector<std::string> through;  ///< TBS hashes of the message's own certificates below it.
  std::string reason;                ///< Why it is unavailable or refused.
  std::vector<std::string> needs;    ///< What a kernel must have to come to this outcome.
};

struct SignerCheck {
  SignerOutcome outcome = SignerOutcome::unchecked;
  std::string certificate;  ///< Fingerprint of the certificate that decided; empty when none did.
  std::vector<std::string> through;  ///< TBS hashes of the message's own certificates below it.
  std::string reason;                ///< Why it is unavailable or refused.
  std::vector<std::string> needs;    ///< What a kernel must have to come to this outcome.

  /// What came of other certificates that the kernel may find for this signer, in the order of its
  /// search. Which of them are in its keyrings decides.
  std::vector<SignerMatch> others;
};

/// The fields of an appended signature, as modinfo(8) names and prints them, and what checking
/// them gave. A fact: whether it makes the module good is a verdict, see `SignatureVerdict`.
struct Signature {
  SignatureForm form = SignatureForm::absent;
  std::string reason;                     ///< Why it is malformed.
  KernelErrno error = KernelErrno::none;  ///< What every kernel answers to what is malformed.
  std::string id_type;                    ///< "PKCS#7" for every kernel since 4.3.
  std::string signer;                     ///< Common name of the issuer; empty for key-id signers.
  std::string key_id;                     ///< Serial number or subject key id, colon-separated hex.
  std::string hash_algorithm;             ///< Digest that was signed, as OpenSSL names it.
  std::vector<std::string> digests;       ///< Of all signers, as the kernel names them; each once.
  std::vector<std::string> needs;   ///< What not every kernel has: words of `kernel_features`.
  std::string value;                ///< The raw signature, colon-separated hex.
  std::vector<SignerCheck> checks;  ///< One for each signer; the fields above are the first one's.
};

/// The words of the JSON documents.
enum class SignatureStatus {
  valid,      ///< Good, and this kernel trusts the key.
  untrusted,  ///< No key that this kernel trusts made it.
  invalid,    ///< The content was altered, or another key made it in the name of this one.
  revoked,    ///< The key or the content is on a revocation list.
  unsigned_,  ///< No signature is appended.
  malformed,  ///< Something is appended that is no signature a kernel would accept.
  unknown,    ///< Not verified, and the reason says why.
};

/// What one kernel would make of a module's signature, and why.
struct SignatureVerdict {
  SignatureStatus status = SignatureStatus::unknown;
  std::string reason;              ///< Empty when the status says it all.
  std::string keyring;             ///< "builtin", "machine", …; empty when none trusts it.
  std::string certificate_source;  ///< Where the signer's certificate was found.
  bool is_fatal = false;  ///< The kernel refuses it even where it does not ask for signatures.
};

}  // namespace kmodsec
