// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/signatures/trust_sources.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/kernel/efi_variables.hpp"
#include "collect/paths.hpp"
#include "collect/signatures/keyrings.hpp"
#include "collect/signatures/signing_keys.hpp"
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

constexpr std::string_view efi_folder = "/sys/firmware/efi";

/// A machine that did not start through EFI has no variables, and nothing unseen; nor has a disk.
bool has_efi(const Root& root) {
  const auto efi = root.status(efi_folder);
  return efi || (has_kernel_state(root) && !is_absent(root, efi_folder, efi.error()));
}

void note_error(const Error& error, std::vector<Unseen>& unseen) {
  unseen.push_back({error.subject, error.reason});
}

/// Calls `visit` for each entry of a variable's lists; a flaw ends them, as it does in the kernel.
template <class Visit>
void for_each_entry(const Root& root, const Variable& variable, std::vector<Unseen>& unseen,
                    Visit visit) {
  const auto read = read_efi_variable(root, variable.name, variable.guid);
  if (!read) note_error(read.error(), unseen);
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

/// Absence is told by a place that shows others.
bool shows_variables(const Root& root, std::string_view folder) {
  const auto entries = root.list(folder);
  return entries && !entries->empty();
}

constexpr std::string_view efi_variables = "/sys/firmware/efi/efivars";
constexpr std::string_view shims_table = "/sys/firmware/efi/mok-variables";

Seen<bool> has_variable(const Root& root, const Variable& variable) {
  const auto read = read_efi_variable(root, variable.name, variable.guid);
  if (!read) return std::unexpected(read.error());
  if (*read || shows_variables(root, efi_variables) || shows_variables(root, shims_table))
    return read->has_value();
  return failure(ErrorKind::not_found, std::string(efi_variables),
                 "the EFI variables are not mounted");
}

/// The kernel looks for it in shim's table alone. A kernel that runs and shows no such folder has
/// found no table.
Seen<bool> trusts_owner(const Root& root) {
  const auto entry = root.status(std::string(shims_table) + "/MokListTrustedRT");
  if (entry) return true;
  if (entry.error().kind != ErrorKind::not_found) return std::unexpected(entry.error());
  if (root.is_running_system() || shows_variables(root, shims_table)) return false;
  return std::unexpected(entry.error());
}

/// A captured tree without EFI may be one of which EFI was not captured.
FirmwareSwitches collect_switches(const Root& root) {
  if (has_efi(root))
    return {.has_owner_list = has_variable(root, {"MokListRT", shim_variable}),
            .trusts_owner = trusts_owner(root),
            .ignores_db = has_variable(root, {"MokIgnoreDB", shim_variable})};
  if (root.is_running_system() && is_folder(root, "/sys/firmware"))
    return {.has_owner_list = false, .trusts_owner = false, .ignores_db = false};
  const auto unseen = failure(ErrorKind::not_found, "/sys/firmware", "was not seen");
  return {.has_owner_list = unseen, .trusts_owner = unseen, .ignores_db = unseen};
}

void add_signing_keys(const Root& root, CertificatePool& pool, TrustSources& trust) {
  for (FoundKey& found : find_signing_keys(root, trust.unseen)) {
    if (!found.certificate.empty())
      found.key.certificate =
          pool.add(found.certificate, {CertificateOrigin::disk, found.certificate_path});
    trust.signing_keys.push_back(std::move(found.key));
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
  trust.switches = collect_switches(root);
  add_signing_keys(root, pool, trust);
  trust.certificates = pool.described();
  return trust;
}

}  // namespace kmodsec
