// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/names.hpp"

#include "model/kernel/kernel_errno.hpp"

namespace kmodsec {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::low: return "low";
    case Severity::medium: return "medium";
    case Severity::high: return "high";
    case Severity::critical: return "critical";
  }
  return "critical";
}

std::string_view to_string(Status status) {
  switch (status) {
    case Status::pass: return "pass";
    case Status::fail: return "fail";
    case Status::unknown: return "unknown";
    case Status::not_applicable: return "not_applicable";
    case Status::waived: return "waived";
  }
  return "unknown";
}

std::string_view to_string(Lockdown lockdown) {
  switch (lockdown) {
    case Lockdown::none: return "none";
    case Lockdown::integrity: return "integrity";
    case Lockdown::confidentiality: return "confidentiality";
  }
  return "none";
}

std::string_view to_string(SecureBoot state) {
  switch (state) {
    case SecureBoot::enabled: return "enabled";
    case SecureBoot::disabled: return "disabled";
    case SecureBoot::unsupported: return "unsupported";
  }
  return "disabled";
}

std::string_view to_string(SignatureStatus status) {
  switch (status) {
    case SignatureStatus::valid: return "valid";
    case SignatureStatus::untrusted: return "untrusted";
    case SignatureStatus::invalid: return "invalid";
    case SignatureStatus::revoked: return "revoked";
    case SignatureStatus::unsigned_: return "unsigned";
    case SignatureStatus::malformed: return "malformed";
    case SignatureStatus::unknown: return "unknown";
  }
  return "unknown";
}

std::optional<SignatureStatus> parse_signature_status(std::string_view word) {
  for (const SignatureStatus status : all_signature_statuses) {
    if (to_string(status) == word) return status;
  }
  return std::nullopt;
}

std::string_view to_string(PackageLevel level) {
  switch (level) {
    case PackageLevel::vendor_signed: return "vendor-signed";
    case PackageLevel::db_match: return "db-match";
    case PackageLevel::owned_unverified: return "owned-unverified";
    case PackageLevel::generated: return "generated";
    case PackageLevel::unowned: return "unowned";
    case PackageLevel::mismatch: return "mismatch";
  }
  return "unowned";
}

std::string_view to_string(LeftOut left_out) {
  switch (left_out) {
    case LeftOut::nothing: return "nothing";
    case LeftOut::signature_bytes: return "signature_bytes";
    case LeftOut::details: return "details";
  }
  return "details";
}

std::optional<PackageLevel> parse_package_level(std::string_view word) {
  for (const PackageLevel level :
       {PackageLevel::vendor_signed, PackageLevel::db_match, PackageLevel::owned_unverified,
        PackageLevel::generated, PackageLevel::unowned, PackageLevel::mismatch}) {
    if (to_string(level) == word) return level;
  }
  return std::nullopt;
}

std::string_view to_string(SignatureForm form) {
  switch (form) {
    case SignatureForm::absent: return "absent";
    case SignatureForm::malformed: return "malformed";
    case SignatureForm::present: return "present";
  }
  return "malformed";
}

std::string_view to_string(SignerOutcome outcome) {
  switch (outcome) {
    case SignerOutcome::unchecked: return "unchecked";
    case SignerOutcome::good: return "good";
    case SignerOutcome::bad: return "bad";
    case SignerOutcome::no_certificate: return "no_certificate";
    case SignerOutcome::unavailable: return "unavailable";
    case SignerOutcome::refused: return "refused";
  }
  return "unchecked";
}

std::string_view to_string(KernelErrno error) {
  switch (error) {
    case KernelErrno::none: return "";
    case KernelErrno::enodata: return "ENODATA";
    case KernelErrno::enopkg: return "ENOPKG";
    case KernelErrno::enokey: return "ENOKEY";
    case KernelErrno::ebadmsg: return "EBADMSG";
    case KernelErrno::einval: return "EINVAL";
    case KernelErrno::ekeyrejected: return "EKEYREJECTED";
    case KernelErrno::emsgsize: return "EMSGSIZE";
    case KernelErrno::enoent: return "ENOENT";
    case KernelErrno::enomem: return "ENOMEM";
  }
  return "";
}

std::string_view to_string(CertificateOrigin origin) {
  switch (origin) {
    case CertificateOrigin::kernel_image: return "kernel_image";
    case CertificateOrigin::mok: return "mok";
    case CertificateOrigin::db: return "db";
    case CertificateOrigin::kek: return "kek";
    case CertificateOrigin::given: return "given";
    case CertificateOrigin::disk: return "disk";
  }
  return "disk";
}

std::string_view to_string(RevocationKind kind) {
  switch (kind) {
    case RevocationKind::certificate: return "certificate";
    case RevocationKind::tbs: return "tbs";
    case RevocationKind::file: return "file";
  }
  return "file";
}

std::string_view to_string(IdentityStatus status) {
  switch (status) {
    case IdentityStatus::same: return "same";
    case IdentityStatus::different: return "different";
    case IdentityStatus::cannot_tell: return "cannot_tell";
  }
  return "cannot_tell";
}

std::string_view to_string(DenyAnswer answer) {
  switch (answer) {
    case DenyAnswer::fail: return "fail";
    case DenyAnswer::pretend: return "pretend";
  }
  return "fail";
}

std::string_view to_string(DenyInInitramfs initramfs) {
  switch (initramfs) {
    case DenyInInitramfs::include: return "include";
    case DenyInInitramfs::exclude: return "exclude";
  }
  return "include";
}

std::string_view to_string(KeepMode mode) {
  switch (mode) {
    case KeepMode::observe: return "observe";
    case KeepMode::enforce: return "enforce";
  }
  return "observe";
}

std::optional<Severity> parse_severity(std::string_view word) {
  for (const Severity severity :
       {Severity::low, Severity::medium, Severity::high, Severity::critical}) {
    if (to_string(severity) == word) return severity;
  }
  return std::nullopt;
}

}  // namespace kmodsec
