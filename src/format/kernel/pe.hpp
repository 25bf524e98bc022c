// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/byte_source.hpp"

namespace kmodsec {

/// Where the content of a section stands in its file.
struct PeSection {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

/// A section of a PE file, as the parts of a unified kernel image are: ".linux", ".initrd",
/// ".cmdline", ".uname" (UAPI.5). The first of that name counts, as for systemd-stub. Nothing when
/// this is no PE file that has one.
std::optional<PeSection> find_pe_section(const ByteSource& file, std::string_view name);

/// The content of it; nothing, too, when that lies outside the file.
std::optional<std::string_view> pe_section(const ByteSource& file, std::string_view name);

}  // namespace kmodsec
