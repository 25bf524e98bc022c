// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/kernel_builder.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "support/bytes.hpp"
#include "support/module_builder.hpp"

namespace kmodsec::test {
namespace {

void put(std::string& bytes, std::size_t at, const std::string& value) {
  bytes.replace(at, value.size(), value);
}

std::string joined(const std::vector<std::string>& pieces) {
  std::string all;
  for (const std::string& piece : pieces) all += piece;
  return all;
}

}  // namespace

std::string certificate(const std::string& common_name) {
  static EVP_PKEY* const key = EVP_EC_gen("P-256");
  X509* made = X509_new();
  X509_set_version(made, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made), 0x123456);
  X509_gmtime_adj(X509_getm_notBefore(made), 0);
  X509_gmtime_adj(X509_getm_notAfter(made), 86400);
  X509_NAME* name = X509_get_subject_name(made);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                             0);
  X509_set_issuer_name(made, name);
  X509_set_pubkey(made, key);
  X509_sign(made, key, EVP_sha256());
  std::string der(static_cast<std::size_t>(i2d_X509(made, nullptr)), '\0');
  auto* out = reinterpret_cast<unsigned char*>(der.data());
  i2d_X509(made, &out);
  X509_free(made);
  return der;
}

std::string padded(std::string bytes, std::size_t alignment) {
  bytes.resize((bytes.size() + alignment - 1) / alignment * alignment);
  return bytes;
}

std::string trusted_list(const TrustedList& list) {
  std::string bytes = joined(list.certificates);
  const std::size_t size = bytes.size() + list.inserted.size();
  if (list.room > 0) {
    std::string room = list.inserted;
    room.resize(list.room);
    bytes = padded(bytes + room, 4) + little(list.inserted.size(), 4);
  }
  bytes = padded(bytes) + little(size, 8);
  if (list.before_5_13) return bytes;
  const std::size_t first = list.certificates.empty() ? 0 : list.certificates.front().size();
  return bytes + little(list.first_size.value_or(first), 8);
}

std::string revoked_list(const std::vector<std::string>& certificates) {
  const std::string list = joined(certificates);
  return padded(list) + little(list.size(), 8);
}

std::string vmlinux(const std::string& data, std::string_view banner) {
  std::string bytes(64 + 56, '\0');
  const std::string note = build_id_note("kernel build id 1234");
  put(bytes, 0, std::string("\177ELF\2\1\1", 7));
  put(bytes, 0x20, little(64, 8));
  put(bytes, 0x36, little(56, 2));
  put(bytes, 0x38, little(1, 2));
  put(bytes, 64, little(4, 4));  // PT_NOTE
  put(bytes, 64 + 0x08, little(bytes.size(), 8));
  put(bytes, 64 + 0x20, little(note.size(), 8));
  return padded(bytes + note + std::string(banner)) + data;
}

std::string arm64_image(const std::string& data, std::string_view banner) {
  std::string bytes(64, '\0');
  put(bytes, 0, "MZ");
  put(bytes, 56, "ARM\x64");
  return padded(bytes + std::string(banner)) + data;
}

std::string bzimage(const std::string& payload) {
  std::string bytes(1024, '\0');
  put(bytes, 0, "MZ");
  put(bytes, 0x1F1, "\1");
  put(bytes, 0x202, "HdrS");
  put(bytes, 0x206, little(0x020F, 2));
  put(bytes, 0x20E, little(0x100, 2));
  put(bytes, 0x248, little(16, 4));
  put(bytes, 0x24C, little(payload.size(), 4));
  put(bytes, 0x300, "9.9.9-boot (me@here) #9 SMP");
  return bytes + std::string(16, 'x') + payload + "behind";
}

std::string zboot(const std::string& payload, const std::string& compression) {
  std::string bytes(128, '\0');
  put(bytes, 0, "MZ");
  put(bytes, 4, "zimg");
  put(bytes, 8, little(bytes.size(), 4));
  put(bytes, 12, little(payload.size(), 4));
  put(bytes, 24, compression);
  return bytes + payload + "behind";
}

std::string unified_image(const std::string& kernel) {
  return pe_file({{".osrel", ""}, {".linux", kernel}});
}

std::string pe_file(const std::vector<std::pair<std::string, std::string>>& sections) {
  const std::string pad = "pad";
  std::string bytes(512, '\0');
  put(bytes, 0, "MZ");
  put(bytes, 0x3C, little(64, 4));
  put(bytes, 64, std::string("PE\0\0", 4));
  put(bytes, 64 + 6, little(sections.size(), 2));
  put(bytes, 64 + 20, little(16, 2));
  std::size_t header = 64 + 24 + 16;
  for (const auto& [name, content] : sections) {
    put(bytes, header, name);
    put(bytes, header + 8, little(content.size(), 4));
    put(bytes, header + 16, little(content.size() + pad.size(), 4));
    put(bytes, header + 20, little(bytes.size(), 4));
    bytes += content + pad;
    header += 40;
  }
  return bytes;
}

}  // namespace kmodsec::test
