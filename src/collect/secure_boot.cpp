// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/secure_boot.hpp"

#include <optional>
#include <string>

#include "base/byte_reader.hpp"
#include "collect/paths.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t variable_limit = 1024UL * 1024;
constexpr std::string_view global_guid = "-8be4df61-93ca-11d2-aa0d-00e098032b8c";
constexpr std::string_view shim_guid = "-605dab50-e046-4300-abb6-3dd810dd8b23";

/// One-byte variables, from efivarfs (a 4-byte attribute word stands before the value) or from
/// shim's table (the bare value).
struct Source {
  std::string folder;
  std::size_t value_at;
  bool names_have_guid;
};

Result<std::optional<std::uint8_t>> read_byte(const Root& root, const Source& source,
                                              std::string_view name, std::string_view guid) {
  std::string path = source.folder + "/" + std::string(name);
  if (source.names_have_guid) path += guid;
  const auto bytes = root.read(path, variable_limit);
  if (!bytes && bytes.error().kind == ErrorKind::not_found) return std::nullopt;
  if (!bytes) return std::unexpected(bytes.error());
  return ByteReader(*bytes).integer<std::uint8_t>(source.value_at);
}

/// Nothing when the source does not know; an error when it may not be read.
Result<std::optional<SecureBoot>> judge(const Root& root, const Source& source) {
  const auto secure = read_byte(root, source, "SecureBoot", global_guid);
  if (!secure) return std::unexpected(secure.error());
  if (!*secure) return std::nullopt;
  const auto setup = read_byte(root, source, "SetupMode", global_guid);
  if (!setup) return std::unexpected(setup.error());
  const auto shim_off = read_byte(root, source, "MokSBStateRT", shim_guid);
  if (!shim_off) return std::unexpected(shim_off.error());
  const bool on = **secure == 1 && setup->value_or(0) != 1 && shim_off->value_or(0) != 1;
  return on ? SecureBoot::enabled : SecureBoot::disabled;
}

/// The conclusion that the boot stub handed over on x86: byte 0x1EC of the boot parameters, 2 off
/// and 3 on (linux: arch/x86/include/uapi/asm/bootparam.h, enum efi_secureboot_mode).
std::optional<SecureBoot> judge_boot_parameters(const Root& root) {
  const auto bytes = root.read("/sys/kernel/boot_params/data", variable_limit);
  if (!bytes) return std::nullopt;
  switch (ByteReader(*bytes).integer<std::uint8_t>(0x1EC).value_or(0)) {
    case 2: return SecureBoot::disabled;
    case 3: return SecureBoot::enabled;
    default: return std::nullopt;
  }
}

}  // namespace

Seen<SecureBoot> collect_secure_boot(const Root& root) {
  const auto efi = root.status("/sys/firmware/efi");
  if (!efi) {
    const bool absent =
        efi.error().kind == ErrorKind::not_found && is_folder(root, "/sys/firmware");
    if (absent) return SecureBoot::unsupported;
    return std::unexpected(efi.error());
  }

  Error why{ErrorKind::not_found, "/sys/firmware/efi/efivars", "the EFI variables are not mounted"};
  for (const Source& source : {Source{"/sys/firmware/efi/efivars", 4, true},
                               Source{"/sys/firmware/efi/mok-variables", 0, false}}) {
    const auto judged = judge(root, source);
    if (!judged) {
      why = judged.error();
    } else if (*judged) {
      return **judged;
    }
  }
  if (const auto judged = judge_boot_parameters(root)) return *judged;
  return std::unexpected(why);
}

}  // namespace kmodsec
