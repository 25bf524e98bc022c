// SPDX-License-Identifier: GPL-2.0-or-later
// Packs text in every format that modules and kernels are packed in.
#pragma once

#include <string>

namespace kmodsec::test {

std::string gzip(const std::string& text);
std::string xz(const std::string& text);
std::string xz_for_x86(const std::string& text);  ///< With the filter that kernels use.
std::string zstd(const std::string& text);
std::string lzma(const std::string& text);
std::string bzip2(const std::string& text);
std::string lz4_legacy(const std::string& text);  ///< As `lz4 -l`.
std::string lzop(const std::string& text);        ///< As `lzop`, with its checksums left 0.

}  // namespace kmodsec::test
