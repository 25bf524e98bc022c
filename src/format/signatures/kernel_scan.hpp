// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "format/files/decoder.hpp"
#include "format/signatures/kernel_certificates.hpp"
#include "format/signatures/kernel_image.hpp"

namespace kmodsec {

/// Reads an unpacked kernel, an ELF file or an arm64 Image, piece by piece: it is too large to
/// be held.
class KernelScan final : public Destination {
 public:
  KernelScan();

  std::span<char> room() override;
  bool filled(std::size_t size) override;

  /// Instead of room() and filled(): the whole kernel, where it lies in memory anyway.
  void whole(std::string_view kernel);

  /// What was found, after all was seen. `boot_version` is taken when the kernel names none.
  Result<KernelImage> finish(std::string_view boot_version);

 private:
  bool scan(std::string_view window, bool last);
  void identify(std::string_view head);
  void find_notes(std::string_view head);
  void find_version(std::string_view window, std::size_t size);
  void find_build_id(std::string_view window);
  bool enough() const;

  struct Notes {
    std::uint64_t offset;
    std::uint64_t size;
  };

  std::string buffer_;
  std::size_t used_ = 0;
  std::uint64_t offset_ = 0;  ///< Of the window, in the kernel.
  std::optional<Error> flaw_;
  std::vector<Notes> notes_;
  KernelImage image_;
  KernelCertificates certificates_;
};

}  // namespace kmodsec
