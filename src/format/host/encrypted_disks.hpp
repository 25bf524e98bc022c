// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace kmodsec {

/// What an encrypted disk asks for, and the ciphers of LUKS (cryptsetup(8): aes-xts-plain64 since
/// 1.6, aes-cbc-essiv:sha256 before).
inline constexpr std::string_view modules_of_encrypted_disk = "dm_mod dm_crypt";
inline constexpr std::string_view ciphers_of_luks =
    "crypto-xts crypto-cbc crypto-ecb crypto-essiv crypto-aes crypto-sha256 crypto-hmac";

}  // namespace kmodsec
