// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/signatures/trust_sources.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/kernel/efi_variables.hpp"
#include "collect/signatures/keyrings.hpp"
#include "format/signatures/certificate.hpp"
#include "format/signatures/efi_signatures.hpp"

namespace kmodsec {
namespace {

struct Variable {
  std::string_view name;
  std::string_view guid;
};

struct TrustedVariable {
  Variable variable;
  CertificateOrigin origin;
};

constexpr std::array<TrustedVariable, 3> trusted_variables = {{
    {{"MokListRT", shim_variable}, CertificateOrigin::mok},
    {{"db", security_database}, CertificateOrigin::db},
    {{"KEK", global_variable}, CertificateOrigin::kek},
}};

constexpr std::array<Variable, 2> revoking_variables = {
    {{"MokListXRT", shim_variable}, {"dbx", security_database}}};

/// A certificate and its private key, as the tools of distributions place them: shim-signed and
/// DKMS of Debian and Ubuntu, DKMS itself, akmods of Fedora.
struct KeyPair {
  std::string_view certificate;
  std::string_view key;
};

constexpr std::array<KeyPair, 3> key_pairs = {{
    {"/var/lib/shim-signed/mok/MOK.der", "/var/lib/shim-signed/mok/MOK.priv"},
    {"/var/lib/dkms/mok.pub", "/var/lib/dkms/mok.key"},
    {"/etc/pki/akmods/certs/public_key.der", "/etc/pki/akmods/private/private_key.priv"},
}};

/// A machine that did not start through EFI has no variables, and nothing unseen.
bool has_efi(const Root& root) {
  const auto efi = root.status("/sys/firmware/efi");
  return efi || efi.error().kind != ErrorKind::not_found;
}

/// Calls `visit` for each entry of a variable's lists; a flaw ends them, as it does in the kernel.
template <class Visit>
void for_each_entry(const Root& root, const Variable& variable, std::vector<Unseen>& unseen,
                    Visit visit) {
  const auto read = read_efi_variable(root, variable.name, variable.guid);
  if (!read) unseen.push_back({read.error().subject, read.error().reason});
  if (!read || !*read) return;
  const EfiSignatures lists = parse_efi_signatures((*read)->value);
  if (lists.flaw) unseen.push_back({(*read)->path, lists.flaw->reason});
  for (const EfiSignature& entry : lists.entries) visit((*read)->path, entry);
}

std::optional<RevocationKind> kind_of(EfiSignatureType type) {
  switch (type) {
    case EfiSignatureType::x509: return RevocationKind::certificate;
    case EfiSignatureType::sha256: return RevocationKind::file;
    case EfiSignatureType::x509_sha256: return RevocationKind::tbs;
    case EfiSignatureType::other: return std::nullopt;
  }
  return std::nullopt;
}

std::string revoked_value(RevocationKind kind, std::string_view data) {
  constexpr std::size_t sha256_size = 32;
  if (kind != RevocationKind::certificate) return to_hex(data.substr(0, sha256_size));
  const auto certificate = describe_certificate(data);
  return certificate ? certificate->fingerprint : "";
}

void add_firmware_certificates(const Root& root, CertificatePool& pool, TrustSources& trust) {
  for (const TrustedVariable& trusted : trusted_variables) {
    for_each_entry(root, trusted.variable, trust.unseen,
                   [&](const std::string& path, const EfiSignature& entry) {
                     if (entry.type == EfiSignatureType::x509)
                       pool.add(entry.data, {trusted.origin, path});
                   });
  }
}

void add_firmware_revocations(const Root& root, TrustSources& trust) {
  for (const Variable& variable : revoking_variables) {
    for_each_entry(root, variable, trust.unseen_revocations,
                   [&](const std::string& path, const EfiSignature& entry) {
                     if (const auto kind = kind_of(entry.type))
                       trust.revocations.push_back({*kind, revoked_value(*kind, entry.data), path});
                   });
  }
}

void add_signing_keys(const Root& root, CertificatePool& pool, TrustSources& trust) {
  constexpr std::size_t certificate_limit = 1024UL * 1024;
  const auto note = [&](const Error& error) {
    if (error.kind != ErrorKind::not_found) trust.unseen.push_back({error.subject, error.reason});
  };
  for (const KeyPair& pair : key_pairs) {
    std::string fingerprint;
    const std::string path(pair.certificate);
    const auto bytes = root.read(path, certificate_limit);
    if (!bytes) note(bytes.error());
    const auto certificates = parse_certificates(bytes.value_or(""));
    if (bytes && !certificates) note({ErrorKind::malformed, path, certificates.error().reason});
    if (certificates)
      fingerprint = pool.add(certificates->front(), {CertificateOrigin::disk, path});
    const auto key = root.status(pair.key);
    if (!key) note(key.error());
    if (key)
      trust.signing_keys.push_back(
          {std::string(pair.key), key->mode, key->uid, std::move(fingerprint)});
  }
}

}  // namespace

TrustSources collect_trust_sources(const Root& root, const std::vector<std::string>& given,
                                   CertificatePool& pool) {
  TrustSources trust;
  if (const auto blacklist = collect_kernel_blacklist(root)) trust.revocations = *blacklist;
  if (has_efi(root)) {
    add_firmware_certificates(root, pool, trust);
    add_firmware_revocations(root, trust);
  }
  for (const std::string& der : given) pool.add(der, {CertificateOrigin::given, "--cert"});
  add_signing_keys(root, pool, trust);
  trust.certificates = pool.described();
  return trust;
}

}  // namespace kmodsec
