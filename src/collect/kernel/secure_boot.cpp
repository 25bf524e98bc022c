// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/kernel/secure_boot.hpp"

#include <optional>
#include <string>

#include "base/byte_reader.hpp"
#include "collect/host/absence.hpp"
#include "collect/kernel/efi_variables.hpp"
#include "collect/paths.hpp"

namespace kmodsec {
namespace {

/// One-byte variables.
Result<std::optional<std::uint8_t>> read_byte(const Root& root, EfiSource source,
                                              std::string_view name, std::string_view guid) {
  const auto variable = read_efi_variable(root, source, name, guid);
  if (!variable) return std::unexpected(variable.error());
  if (!*variable) return std::nullopt;
  return ByteReader((*variable)->value).integer<std::uint8_t>(0);
}

/// Nothing when the source does not know; an error when it may not be read.
Result<std::optional<SecureBoot>> judge(const Root& root, EfiSource source) {
  const auto secure = read_byte(root, source, "SecureBoot", global_variable);
  if (!secure) return std::unexpected(secure.error());
  if (!*secure) return std::nullopt;
  const auto setup = read_byte(root, source, "SetupMode", global_variable);
  if (!setup) return std::unexpected(setup.error());
  const auto shim_off = read_byte(root, source, "MokSBStateRT", shim_variable);
  if (!shim_off) return std::unexpected(shim_off.error());
  const bool on = **secure == 1 && setup->value_or(0) != 1 && shim_off->value_or(0) != 1;
  return on ? SecureBoot::enabled : SecureBoot::disabled;
}

/// What the boot loader handed to the kernel on x86; empty elsewhere.
std::string boot_parameters(const Root& root) {
  constexpr std::size_t boot_parameters_limit = 64UL * 1024;
  return root.read("/sys/kernel/boot_params/data", boot_parameters_limit).value_or("");
}

/// Four bytes at 0x1C0 are zero where no EFI handed over (linux: arch/x86/include/uapi/asm/
/// bootparam.h, efi_info.efi_loader_signature).
bool tell_of_no_efi(std::string_view parameters) {
  const auto signature = ByteReader(parameters).integer<std::uint32_t>(0x1C0);
  return signature && *signature == 0;
}

/// The conclusion that the boot stub handed over on x86: byte 0x1EC of the boot parameters, 2 off
/// and 3 on (linux: arch/x86/include/uapi/asm/bootparam.h, enum efi_secureboot_mode).
std::optional<SecureBoot> judge_boot_parameters(std::string_view parameters) {
  switch (ByteReader(parameters).integer<std::uint8_t>(0x1EC).value_or(0)) {
    case 2: return SecureBoot::disabled;
    case 3: return SecureBoot::enabled;
    default: return std::nullopt;
  }
}

}  // namespace

Seen<SecureBoot> collect_secure_boot(const Root& root) {
  constexpr std::string_view folder = "/sys/firmware/efi";
  const auto efi = root.status(folder);
  const std::string parameters = boot_parameters(root);
  if (!efi) {
    if (efi.error().kind != ErrorKind::not_found) return std::unexpected(efi.error());
    if (tell_of_no_efi(parameters)) return SecureBoot::unsupported;
    if (const auto doubt = doubt_about_absence(root, folder)) return std::unexpected(*doubt);
    if (is_folder(root, "/sys/firmware")) return SecureBoot::unsupported;
    return std::unexpected(efi.error());
  }

  Error why{ErrorKind::not_found, "/sys/firmware/efi/efivars", "the EFI variables are not mounted"};
  for (const EfiSource source : {EfiSource::efivars, EfiSource::mok_variables}) {
    const auto judged = judge(root, source);
    if (!judged) {
      why = judged.error();
    } else if (*judged) {
      return **judged;
    }
  }
  if (const auto judged = judge_boot_parameters(parameters)) return *judged;
  return std::unexpected(why);
}

}  // namespace kmodsec
