// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/kernel_log.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.hpp"

namespace kmodsec {
namespace {

/// linux: kernel/module/main.c, kernel/module/signing.c, security/lockdown/lockdown.c,
/// drivers/firmware/efi/secureboot.c of distributions.
constexpr std::array<std::string_view, 13> telling = {
    "taint",
    "module verification failed",
    "Loading of unsigned module",
    "Loading of module with un",
    "unsigned module loading is restricted",
    "Module hash",
    "is blacklisted",
    "Kernel is locked down",
    "kernel locked down",
    "Lockdown:",
    "Loaded X.509 cert",
    "Problem loading in-kernel X.509",
    "ecureboot:",
};

std::string decode_escapes(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    const bool escape = text.starts_with("\\x") && text.size() >= 4;
    const auto value = escape ? parse_number<unsigned>(text.substr(2, 2), 16) : std::nullopt;
    bytes += value ? static_cast<char>(*value) : text.front();
    text.remove_prefix(value ? 4 : 1);
  }
  return bytes;
}

std::optional<KernelLogLine> parse_record(std::string_view line) {
  const std::size_t semicolon = line.find(';');
  if (semicolon == std::string_view::npos) return std::nullopt;
  const std::vector<std::string_view> fields = split(line.substr(0, semicolon), ',');
  if (fields.size() < 3) return std::nullopt;
  const auto sequence = parse_number<std::uint64_t>(fields[1]);
  const auto microseconds = parse_number<std::uint64_t>(fields[2]);
  if (!sequence || !microseconds) return std::nullopt;
  return KernelLogLine{*sequence, *microseconds,
                       utf8_text(decode_escapes(line.substr(semicolon + 1)))};
}

}  // namespace

std::vector<KernelLogLine> parse_kernel_log(std::string_view records) {
  std::vector<KernelLogLine> lines;
  for_each_line(records, [&](std::string_view line, std::size_t) {
    if (line.starts_with(' ')) return;
    if (auto record = parse_record(line)) lines.push_back(std::move(*record));
  });
  return lines;
}

bool is_about_module_trust(const KernelLogLine& line) {
  return std::ranges::any_of(
      telling, [&](std::string_view word) { return line.text.find(word) != std::string::npos; });
}

}  // namespace kmodsec
