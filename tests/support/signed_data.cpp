// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/signed_data.hpp"

#include <openssl/cms.h>

namespace kmodsec::test {

std::string element(unsigned char tag, std::string_view content) {
  std::string length(1, static_cast<char>(content.size()));
  if (content.size() > 0x7f)
    length = {'\x82', static_cast<char>(content.size() >> 8U), static_cast<char>(content.size())};
  return std::string(1, static_cast<char>(tag)) + length + std::string(content);
}

std::string SignedData::name(std::string_view common_name) {
  const std::string attribute = element(0x06, "\x55\x04\x03") + element(0x0c, common_name);
  return element(0x30, element(0x31, element(0x30, attribute)));
}

std::string SignedData::sha256() {
  return element(0x30, element(0x06, "\x60\x86\x48\x01\x65\x03\x04\x02\x01"));
}

std::string SignedData::encoded() const {
  const std::string signer = element(0x30, signer_version + signer_id + digest + signed_attributes +
                                               method + number + other_attributes);
  const std::string what = element(0x30, element(0x06, content_kind) + content);
  const auto signers = static_cast<unsigned char>(tag_of_signers.front());
  const std::string data =
      element(0x30, version + digests + what + certificates + element(signers, signer));
  return element(0x30, element(0x06, kind) + element(0xa0, data));
}

std::string with_certificate(std::string_view message, std::string_view certificate) {
  const auto* at = reinterpret_cast<const unsigned char*>(message.data());
  CMS_ContentInfo* cms = d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(message.size()));
  at = reinterpret_cast<const unsigned char*>(certificate.data());
  X509* added = d2i_X509(nullptr, &at, static_cast<long>(certificate.size()));
  CMS_add1_cert(cms, added);
  unsigned char* der = nullptr;
  const int length = i2d_CMS_ContentInfo(cms, &der);
  const std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  X509_free(added);
  CMS_ContentInfo_free(cms);
  return bytes;
}

}  // namespace kmodsec::test
