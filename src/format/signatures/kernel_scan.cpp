// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_scan.hpp"

#include <algorithm>
#include <cstring>

#include "base/byte_reader.hpp"
#include "base/text.hpp"
#include "format/files/elf.hpp"

namespace kmodsec {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t window_size = 1024UL * 1024 + KernelCertificates::lookahead;
constexpr std::size_t longest_version = 1024;
constexpr std::size_t longest_notes = 64UL * 1024;
constexpr std::size_t most_segments = 64;

static_assert(longest_version <= KernelCertificates::lookahead);
static_assert(longest_notes <= KernelCertificates::lookahead);

/// "RELEASE (BUILDER) #1 SMP ..." of "RELEASE (BUILDER) (COMPILER) #1 SMP ..."; empty for a
/// template of the build, which has no number.
std::string version_of_banner(std::string_view banner) {
  const std::size_t builder_end = banner.find(") (");
  const std::size_t build = banner.rfind(") #");
  if (builder_end == std::string_view::npos || build == std::string_view::npos) return {};
  const std::string_view number = banner.substr(build + 3, 1);
  if (number.find_first_of("0123456789") == std::string_view::npos) return {};
  return std::string(banner.substr(0, builder_end)) + std::string(banner.substr(build));
}

std::optional<Error> unsupported(std::string reason) {
  return Error{ErrorKind::unsupported, "", std::move(reason)};
}

}  // namespace

KernelScan::KernelScan() = default;

std::span<char> KernelScan::room() {
  if (buffer_.empty()) buffer_.resize(window_size);
  return std::span(buffer_).subspan(used_);
}

bool KernelScan::filled(std::size_t size) {
  used_ += size;
  if (used_ < buffer_.size()) return true;
  const bool go_on = scan(buffer_, false);
  constexpr std::size_t keep = KernelCertificates::lookahead;
  std::memmove(buffer_.data(), buffer_.data() + (used_ - keep), keep);
  offset_ += used_ - keep;
  used_ = keep;
  return go_on;
}

void KernelScan::whole(std::string_view kernel) { scan(kernel, true); }

bool KernelScan::scan(std::string_view window, bool last) {
  if (offset_ == 0) identify(window);
  if (flaw_) return false;
  const std::size_t size = last ? window.size() : window.size() - KernelCertificates::lookahead;
  if (image_.version.empty()) find_version(window, size);
  if (image_.build_id.empty()) find_build_id(window);
  certificates_.scan(window, offset_, size);
  return !enough();
}

bool KernelScan::enough() const {
  return certificates_.complete(offset_) && !image_.version.empty() &&
         (notes_.empty() || !image_.build_id.empty());
}

void KernelScan::identify(std::string_view head) {
  constexpr std::size_t arm64_flags = 24;
  constexpr std::size_t arm64_magic = 56;
  const ByteReader reader(head);
  if (head.starts_with("\177ELF")) {
    if (reader.slice(4, 2) != "\2\1"sv)
      flaw_ = unsupported("not a 64-bit little-endian kernel");
    else
      find_notes(head);
  } else if (reader.slice(arm64_magic, 4) == "ARM\x64"sv) {
    const bool big_endian = (reader.integer<std::uint64_t>(arm64_flags).value_or(0) & 1) != 0;
    if (big_endian) flaw_ = unsupported("not a 64-bit little-endian kernel");
  } else {
    flaw_ = unsupported("not a kernel that can be read");
  }
}

/// The note segments by the program headers: the images for user space that a kernel embeds have
/// notes too, so a search would not do.
void KernelScan::find_notes(std::string_view head) {
  constexpr std::uint32_t note_segment = 4;  // PT_NOTE
  const ByteReader reader(head);
  const auto table = reader.integer<std::uint64_t>(0x20);
  const auto entry_size = reader.integer<std::uint16_t>(0x36);
  const auto count = reader.integer<std::uint16_t>(0x38);
  if (!count || *table > head.size()) return;
  for (std::size_t i = 0; i < std::min<std::size_t>(*count, most_segments); ++i) {
    const std::uint64_t at = *table + i * *entry_size;
    const auto offset = reader.integer<std::uint64_t>(at + 0x08);
    const auto size = reader.integer<std::uint64_t>(at + 0x20);
    if (!size || reader.integer<std::uint32_t>(at) != note_segment) continue;
    if (*size <= longest_notes) notes_.push_back({*offset, *size});
  }
}

void KernelScan::find_build_id(std::string_view window) {
  for (const Notes& notes : notes_) {
    if (notes.offset < offset_ || !image_.build_id.empty()) continue;
    const auto content = ByteReader(window).slice(notes.offset - offset_, notes.size);
    if (content) image_.build_id = build_id_of_notes(*content);
  }
}

void KernelScan::find_version(std::string_view window, std::size_t size) {
  constexpr std::string_view mark = "Linux version ";
  for (std::size_t at = 0; at < size && image_.version.empty();) {
    const void* found = memmem(window.data() + at, window.size() - at, mark.data(), mark.size());
    if (found == nullptr) return;
    at = static_cast<std::size_t>(static_cast<const char*>(found) - window.data());
    if (at >= size) return;
    at += mark.size();
    const std::string_view text = window.substr(at, longest_version);
    image_.version = utf8_text(version_of_banner(text.substr(0, text.find_first_of("\n\0"sv))));
  }
}

Result<KernelImage> KernelScan::finish(std::string_view boot_version) {
  if (used_ > 0) scan(std::string_view(buffer_).substr(0, used_), true);
  if (flaw_) return std::unexpected(*flaw_);
  if (image_.version.empty()) image_.version = utf8_text(boot_version);
  auto lists = certificates_.judge(image_.version);
  if (!lists) return std::unexpected(lists.error());
  image_.trusted = std::move(lists->trusted);
  image_.revoked = std::move(lists->revoked);
  return std::move(image_);
}

}  // namespace kmodsec
