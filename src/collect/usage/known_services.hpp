// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// A service that has modules loaded for it, known by a program of its package.
struct KnownService {
  std::string_view program;   ///< In a folder of programs, without its path.
  std::string_view requests;  ///< See `requests_of`.
};

/// Sorted by program.
std::span<const KnownService> known_services();

/// The names and aliases that it asks for.
std::vector<std::string> requests_of(const KnownService& service);

}  // namespace kmodsec
