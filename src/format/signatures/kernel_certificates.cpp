// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_certificates.hpp"

#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>

#include "base/byte_reader.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t alignment = 8;
constexpr std::size_t longest_list = 256UL * 1024;
constexpr std::size_t longest_room = 64UL * 1024;
constexpr std::size_t most_lists = 16;
constexpr std::uint64_t position = 2UL * 1024 * 1024;
constexpr std::string_view first_with_first_length = "5.13";

// A kernel has some dozen places that look like a certificate; this is enough for a million.
constexpr std::size_t most_work = 64UL * 1024 * 1024;
constexpr std::size_t work_per_certificate = 64;

static_assert(longest_list + longest_room + 8 * alignment <= KernelCertificates::lookahead);

std::size_t aligned(std::size_t offset) { return (offset + alignment - 1) & ~(alignment - 1); }

/// Whether the eight bytes are a sequence of two length bytes, and another in it: 30 82 .. .. 30.
bool may_be_certificate(std::string_view bytes) {
  constexpr std::array<unsigned char, 8> pattern{0x30, 0x82, 0, 0, 0x30};
  constexpr std::array<unsigned char, 8> mask{0xFF, 0xFF, 0, 0, 0xFF};
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data(), sizeof word);
  return (word & std::bit_cast<std::uint64_t>(mask)) == std::bit_cast<std::uint64_t>(pattern);
}

/// The size of what looks like a certificate: a sequence that begins with a shorter one.
std::optional<std::size_t> certificate_size(std::string_view bytes, std::size_t at) {
  constexpr std::size_t header = 4;
  constexpr std::size_t shortest = 256;
  const auto head = ByteReader(bytes).slice(at, 2 * header);
  if (!head || !may_be_certificate(*head)) return std::nullopt;
  const ByteReader reader(*head, std::endian::big);
  const std::size_t size = *reader.integer<std::uint16_t>(2);
  const auto inner_form = *reader.integer<std::uint8_t>(5);
  const bool wide = inner_form == 0x82;
  if (size < shortest || (!wide && inner_form != 0x81)) return std::nullopt;
  const std::size_t inner =
      wide ? header + *reader.integer<std::uint16_t>(6) : 3UL + *reader.integer<std::uint8_t>(6);
  if (inner >= size || !ByteReader(bytes).slice(at, header + size)) return std::nullopt;
  return header + size;
}

/// Where the length of a list stands, and whether there is room for one more before it.
struct LengthWord {
  std::size_t at;
  bool behind_room;
};

struct Run {
  std::size_t start = 0;
  std::size_t end = 0;
  std::vector<std::size_t> sizes;
};

/// `zeros_end` is where the zeros end that follow the run.
std::optional<LengthWord> length_word(std::string_view window, const Run& run,
                                      std::size_t zeros_end) {
  const ByteReader reader(window);
  const std::size_t length = run.end - run.start;
  const std::size_t at = zeros_end & ~(alignment - 1);
  if (at >= run.end && reader.integer<std::uint64_t>(at) == length)
    return LengthWord{at, at != aligned(run.end)};
  // Not the length, so it can only be how much of the room is used.
  const std::size_t used_at = zeros_end & ~std::size_t{3};
  const std::size_t behind = aligned(used_at + 4);
  if (used_at >= run.end && reader.integer<std::uint32_t>(used_at) == run.sizes.back() &&
      reader.integer<std::uint64_t>(behind) == length)
    return LengthWord{behind, true};
  return std::nullopt;
}

bool is_certificate(std::string_view der) {
  const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
  const auto* at = begin;
  const std::unique_ptr<X509, void (*)(X509*)> certificate(
      d2i_X509(nullptr, &at, static_cast<long>(der.size())), X509_free);
  return certificate && at == begin + der.size();
}

}  // namespace

bool KernelCertificates::spend(std::size_t work) {
  spent_ += work;
  too_much_ = too_much_ || spent_ > most_work;
  return !too_much_;
}

void KernelCertificates::scan(std::string_view window, std::uint64_t offset, std::size_t size) {
  const std::size_t last = window.size() < alignment ? 0 : window.size() - alignment + 1;
  const std::size_t stop = std::min(size, last);
  std::size_t at = resume_ > offset ? aligned(resume_ - offset) : 0;
  for (; at < stop && !too_much_; at += alignment) {
    if (!may_be_certificate(window.substr(at, alignment))) continue;
    look_at(window, at, offset);
    if (resume_ > offset + at) at = aligned(resume_ - offset) - alignment;
  }
}

void KernelCertificates::look_at(std::string_view window, std::size_t start, std::uint64_t offset) {
  Run run{.start = start, .end = start};
  while (const auto size = certificate_size(window, run.end)) {
    if (!spend(work_per_certificate)) return;
    run.sizes.push_back(*size);
    run.end += *size;
    too_long_ = too_long_ || run.end - start > longest_list;
    if (run.end - start > longest_list) return;
  }
  if (run.sizes.empty()) return;
  const std::string_view behind = window.substr(run.end, longest_room);
  const std::size_t zeros = std::min(behind.find_first_not_of('\0'), behind.size());
  if (!spend(zeros)) return;
  const auto length = length_word(window, run, run.end + zeros);
  if (!length) return;
  resume_ = offset + length->at + alignment;

  const auto first_size = ByteReader(window).integer<std::uint64_t>(length->at + alignment);
  List list{.end = resume_, .is_trusted = length->behind_room || first_size == run.sizes.front()};
  for (std::size_t at = start; const std::size_t size : run.sizes) {
    list.certificates.emplace_back(window.substr(at, size));
    at += size;
  }
  lists_.push_back(std::move(list));
  too_much_ = too_much_ || lists_.size() > most_lists;
}

bool KernelCertificates::complete(std::uint64_t offset) const {
  return std::ranges::any_of(
      lists_, [&](const List& list) { return list.is_trusted && offset >= list.end + position; });
}

Result<KernelCertificates::Lists> KernelCertificates::judge(std::string_view version) const {
  if (too_much_)
    return failure(ErrorKind::malformed, "", "the kernel holds too much like certificates");
  if (too_long_)
    return failure(ErrorKind::too_large, "", "the kernel's list of certificates is too long");
  if (lists_.empty())
    return failure(ErrorKind::unsupported, "", "no list of certificates found in the kernel");

  const auto marked = std::ranges::count_if(lists_, &List::is_trusted);
  const bool alone = lists_.size() == 1 && !version.empty() &&
                     version_less(version.substr(0, version.find(' ')), first_with_first_length);
  const bool told = marked == 1 || (marked == 0 && alone);
  if (!told)
    return failure(ErrorKind::unsupported, "",
                   "cannot tell the kernel's trusted certificates from its revoked ones");
  Lists found;
  for (const List& list : lists_) {
    if (!std::ranges::all_of(list.certificates, is_certificate))
      return failure(ErrorKind::malformed, "", "a certificate in the kernel is damaged");
    auto& into = list.is_trusted || alone ? found.trusted : found.revoked;
    into.insert(into.end(), list.certificates.begin(), list.certificates.end());
  }
  return found;
}

}  // namespace kmodsec
