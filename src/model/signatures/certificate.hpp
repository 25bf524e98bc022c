// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/report.hpp"
#include "model/seen.hpp"

namespace kmodsec {

enum class CertificateOrigin {
  kernel_image,  ///< Built in: the kernel puts it into .builtin_trusted_keys.
  mok,           ///< Enrolled through shim by the owner of the machine.
  db,            ///< The firmware's list for boot loaders.
  kek,           ///< The firmware's list of who may change db; no kernel trusts it with modules.
  given,         ///< Named on the command line.
  disk,          ///< Where a distribution's tools keep the key of this host.
};

struct CertificateSource {
  CertificateOrigin origin = CertificateOrigin::given;
  std::string path;  ///< A file, or an EFI variable's.

  bool operator==(const CertificateSource&) const = default;
};

/// An X.509 certificate whose key may have signed modules, and where it was found.
struct Certificate {
  std::string fingerprint;  ///< SHA-256 of its DER bytes, hex.
  std::string tbs_sha256;   ///< SHA-256 of its to-be-signed part, hex: how lists revoke it.
  std::string subject;      ///< Common name, or the whole name where it has none.
  std::string key_id;       ///< As /proc/keys shows it: subject key id, else serial number, hex.
  bool self_signed = false;

  /// What a kernel with CONFIG_INTEGRITY_CA_MACHINE_KEYRING asks of an owner's key: basic
  /// constraints of an authority, and the use of signing certificates (linux:
  /// crypto/asymmetric_keys/restrict.c, restrict_link_by_ca). Nothing in snapshots of older
  /// releases.
  std::optional<bool> is_authority;
  std::optional<bool> signs_data;  ///< Its key usage has digitalSignature, which _MAX refuses.
  std::string refused;             ///< Why no kernel can use it; empty where one may.
  std::vector<std::string> needs;  ///< What not every kernel has: words of `kernel_features`.
  std::vector<CertificateSource> sources;
};

enum class RevocationKind {
  certificate,  ///< Fingerprint of a certificate.
  tbs,          ///< SHA-256 of a certificate's to-be-signed part.
  file,         ///< SHA-256 of an uncompressed module file, its signature included.
};

/// One entry of a revocation list. Hashes and ids in lower-case hex.
struct Revocation {
  RevocationKind kind = RevocationKind::certificate;
  std::string value;
  std::string source;
};

/// A private key of module signing that lies on this disk.
struct SigningKey {
  std::string path;
  unsigned mode = 0;
  unsigned uid = 0;
  std::string certificate;  ///< Fingerprint of the certificate beside it; empty when none is.
  std::string owner;        ///< What made it: "the build of the kernel", "DKMS"; empty: not known.
};

/// What the firmware and shim say of the keys that they hold (linux:
/// security/integrity/platform_certs/load_uefi.c, machine_keyring.c).
struct FirmwareSwitches {
  Seen<bool> has_owner_list;  ///< MokListRT is there: false where no owner's key can be enrolled.
  Seen<bool> trusts_owner;    ///< MokListTrustedRT is in shim's table: owner's keys go to .machine.
  Seen<bool> ignores_db;      ///< MokIgnoreDB is set: no key of db goes to .platform.
};

/// Whose signatures may count on this machine, as far as files tell.
struct TrustSources {
  std::vector<Certificate> certificates;
  std::vector<Revocation> revocations;
  std::vector<SigningKey> signing_keys;
  FirmwareSwitches switches;
  std::vector<Unseen> unseen;              ///< Lists and files that could not be read.
  std::vector<Unseen> unseen_revocations;  ///< The same for what revokes.
};

}  // namespace kmodsec
