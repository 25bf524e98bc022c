// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/initramfs.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/byte_source.hpp"
#include "format/decoder.hpp"
#include "format/growing_bytes.hpp"
#include "format/pe.hpp"

namespace kmodsec {

class InitramfsParser {
 public:
  explicit InitramfsParser(std::size_t limit) : limit_(limit) {}

  Result<Initramfs> parse(std::string bytes) {
    const std::string_view image = result_.packed_.emplace_back(std::move(bytes));
    const Result<void> added = image.starts_with("MZ") ? add_unified(image) : add_parts(image);
    if (!added) return std::unexpected(added.error());
    if (result_.entries_.empty())
      return failure(ErrorKind::malformed, "", "holds no archive of files");
    return std::move(result_);
  }

 private:
  static constexpr std::size_t most_parts = 64;

  Result<void> add_unified(std::string_view image) {
    const WholeBytes file(image);
    const auto initrd = pe_section(file, ".initrd");
    if (!initrd) return failure(ErrorKind::not_found, "", "has no section .initrd");
    const Result<void> microcode = add_parts(pe_section(file, ".ucode").value_or(""));
    return microcode ? add_parts(*initrd) : microcode;
  }

  Result<void> add_parts(std::string_view image) {
    for (std::size_t at = 0; (at = image.find_first_not_of('\0', at)) < image.size();) {
      if (++parts_ > most_parts)
        return failure(ErrorKind::too_large, "", "made of more than 64 parts");
      const auto size = image[at] == '0' ? add_plain(image, at) : add_packed(image.substr(at));
      if (!size)
        return failure(size.error().kind, "",
                       size.error().reason + ", in the part at byte " + std::to_string(at));
      at += *size;
    }
    return {};
  }

  Result<std::size_t> add_plain(std::string_view image, std::size_t at) {
    constexpr std::size_t alignment = 4;
    if (at % alignment != 0)
      return failure(ErrorKind::malformed, "", "an archive that is not aligned");
    return add_archives(image.substr(at));
  }

  Result<std::size_t> add_archives(std::string_view bytes) {
    auto archives = parse_cpio(bytes);
    if (!archives) return std::unexpected(archives.error());
    if (archives->entries.size() > most_cpio_entries - result_.entries_.size())
      return failure(ErrorKind::too_large, "", "more than half a million entries");
    std::ranges::copy(archives->entries, std::back_inserter(result_.entries_));
    return archives->size;
  }

  /// What the stream says of itself, as far as that is to be believed. Where there is room for all
  /// of it zstd unpacks in one go.
  static std::size_t likely_size(std::string_view bytes) {
    constexpr std::size_t usual_ratio = 4;
    constexpr std::size_t largest_ratio = 16;
    const std::size_t stated = stated_size(bytes);
    const bool is_likely = stated > 0 && stated / largest_ratio <= bytes.size();
    return is_likely ? stated : bytes.size() * usual_ratio;
  }

  Result<std::size_t> add_packed(std::string_view bytes) {
    const auto decoder = kernel_decoder(bytes);
    if (!decoder)
      return failure(ErrorKind::malformed, "", "neither an archive nor a known compression");
    GrowingBytes content(likely_size(bytes), limit_);
    const auto rest = unpack(*decoder, bytes, limit_, content);
    if (!rest) return std::unexpected(rest.error());
    const std::string_view archive = result_.unpacked_.emplace_back(content.take()).view();
    limit_ -= archive.size();
    const auto size = add_archives(archive);
    if (!size) return size;
    if (*size != archive.size())
      return failure(ErrorKind::malformed, "", "something else in a compressed archive");
    return bytes.size() - rest->size();
  }

  std::size_t limit_;
  std::size_t parts_ = 0;
  Initramfs result_;
};

Result<Initramfs> parse_initramfs(std::string bytes, std::size_t limit) {
  return InitramfsParser(limit).parse(std::move(bytes));
}

}  // namespace kmodsec
