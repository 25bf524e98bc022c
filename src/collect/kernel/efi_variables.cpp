// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/kernel/efi_variables.hpp"

#include <fmt/format.h>

#include "collect/host/absence.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t variable_limit = 16UL * 1024 * 1024;
constexpr std::size_t attributes_size = 4;  // before the value, in efivarfs only

std::string path_of(EfiSource source, std::string_view name, std::string_view guid) {
  return source == EfiSource::efivars ? fmt::format("/sys/firmware/efi/efivars/{}-{}", name, guid)
                                      : fmt::format("/sys/firmware/efi/mok-variables/{}", name);
}

}  // namespace

Result<std::optional<EfiVariable>> read_efi_variable(const Root& root, EfiSource source,
                                                     std::string_view name, std::string_view guid) {
  std::string path = path_of(source, name, guid);
  auto bytes = root.read(path, variable_limit);
  if (!bytes && is_absent(root, path, bytes.error())) return std::nullopt;
  if (!bytes) return std::unexpected(why_not_seen(root, path, bytes.error()));
  if (source == EfiSource::efivars) bytes->erase(0, attributes_size);
  return EfiVariable{std::move(path), std::move(*bytes)};
}

Result<std::optional<EfiVariable>> read_efi_variable(const Root& root, std::string_view name,
                                                     std::string_view guid) {
  auto copy = read_efi_variable(root, EfiSource::mok_variables, name, guid);
  if (copy && *copy) return copy;
  auto variable = read_efi_variable(root, EfiSource::efivars, name, guid);
  if (variable && *variable) return variable;
  return copy ? variable : copy;
}

}  // namespace kmodsec
