// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/machine_id.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text.hpp"
#include "format/files/openssl.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t id_size = 16;
constexpr std::size_t longest_host_name = 64;  // linux: include/uapi/linux/utsname.h

constexpr std::array<unsigned char, id_size> own_id = {
    0x69, 0x15, 0x6c, 0xc0, 0x44, 0x53, 0x40, 0x5a, 0xa6, 0xca, 0xc2, 0x0f, 0xab, 0x25, 0xe0, 0xd1};

bool is_lower_hex(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// Marks random bytes as a UUID of version 4 (RFC 9562).
std::string marked_uuid(std::string bytes) {
  const auto octet = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  bytes[6] = static_cast<char>((octet(6) & 0x0FU) | 0x40U);
  bytes[8] = static_cast<char>((octet(8) & 0x3FU) | 0x80U);
  return bytes;
}

Result<std::string> id_for_this_program(std::string_view machine_id) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
  std::size_t size = 0;
  const unsigned char* done =
      EVP_Q_mac(openssl::library(), "HMAC", nullptr, "SHA256", nullptr, machine_id.data(),
                machine_id.size(), own_id.data(), own_id.size(), code.data(), code.size(), &size);
  if (done == nullptr || size < id_size)
    return failure(ErrorKind::unsupported, "", "this OpenSSL has no HMAC-SHA256");
  return to_hex(marked_uuid({reinterpret_cast<const char*>(code.data()), id_size}));
}

}  // namespace

Result<std::string> hashed_machine_id(std::string_view text) {
  const std::string_view id = trim(text);
  if (id.empty() || id == "uninitialized")
    return failure(ErrorKind::not_found, "", "this host has no machine id yet");
  const bool is_id = id.size() == 2 * id_size && is_lower_hex(id) &&
                     id.find_first_not_of('0') != std::string_view::npos;
  const auto bytes = is_id ? from_hex(id) : std::nullopt;
  if (!bytes) return failure(ErrorKind::malformed, "", "not a machine id of 32 digits");
  return id_for_this_program(*bytes);
}

Result<std::string> parse_boot_id(std::string_view text) {
  const std::string_view id = trim(text);
  constexpr std::string_view shape = "00000000-0000-0000-0000-000000000000";
  bool fits = id.size() == shape.size();
  for (std::size_t i = 0; fits && i < id.size(); ++i)
    fits = shape[i] == '-' ? id[i] == '-' : is_lower_hex(id.substr(i, 1));
  if (!fits) return failure(ErrorKind::malformed, "", "not the id of a boot");
  return std::string(id);
}

Result<std::string> parse_host_name(std::string_view text) {
  std::string name;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::string_view word = trim(line);
    if (name.empty() && !word.starts_with('#')) name = word;
  });
  if (name.empty() || name == "(none)")
    return failure(ErrorKind::not_found, "", "this host has no name");
  if (name.size() > longest_host_name)
    return failure(ErrorKind::malformed, "", "longer than the name of a host can be");
  return utf8_text(name);
}

}  // namespace kmodsec
