// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "model/kernel/kernel.hpp"
#include "model/modules/identity.hpp"
#include "model/modules/module.hpp"
#include "model/policy/policy.hpp"
#include "model/report.hpp"
#include "model/signatures/certificate.hpp"
#include "model/signatures/signature.hpp"

namespace kmodsec {

/// The words of the JSON documents, the same everywhere.
std::string_view to_string(Severity severity);
std::string_view to_string(Status status);
std::string_view to_string(Lockdown lockdown);
std::string_view to_string(SecureBoot state);
std::string_view to_string(SignatureStatus status);
inline constexpr std::array all_signature_statuses = {
    SignatureStatus::valid,   SignatureStatus::untrusted, SignatureStatus::invalid,
    SignatureStatus::revoked, SignatureStatus::unsigned_, SignatureStatus::malformed,
    SignatureStatus::unknown};
std::optional<SignatureStatus> parse_signature_status(std::string_view word);
std::string_view to_string(PackageLevel level);
std::optional<PackageLevel> parse_package_level(std::string_view word);
std::string_view to_string(LeftOut left_out);
std::string_view to_string(SignatureForm form);
std::string_view to_string(SignerOutcome outcome);
std::string_view to_string(CertificateOrigin origin);
std::string_view to_string(RevocationKind kind);
std::string_view to_string(IdentityStatus status);
std::string_view to_string(DenyAnswer answer);
std::string_view to_string(DenyInInitramfs initramfs);
std::string_view to_string(KeepMode mode);

std::optional<Severity> parse_severity(std::string_view word);

}  // namespace kmodsec
