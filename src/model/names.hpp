// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "model/kernel.hpp"
#include "model/module.hpp"
#include "model/report.hpp"
#include "model/signature.hpp"

namespace kmodsec {

/// The words of the JSON documents, the same everywhere.
std::string_view to_string(Severity severity);
std::string_view to_string(Status status);
std::string_view to_string(Lockdown lockdown);
std::string_view to_string(SecureBoot state);
std::string_view to_string(SignatureStatus status);
std::string_view to_string(PackageLevel level);

std::optional<Severity> parse_severity(std::string_view word);

}  // namespace kmodsec
