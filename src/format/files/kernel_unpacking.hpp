// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace kmodsec {

/// Why a kernel that unpacks modules itself (CONFIG_MODULE_DECOMPRESS, from 5.17 on) refuses a
/// compressed file that kmod reads, or finds something else in it; empty where it does neither, and
/// for what is not compressed. Its decoders know less than the libraries do, and read the first
/// member, stream or frame alone (linux: kernel/module/decompress.c, lib/xz/xz_dec_stream.c, 6.12).
/// For files that were unpacked without an error: others get an answer that means nothing.
std::string kernel_unpacking_flaw(std::string_view bytes);

}  // namespace kmodsec
