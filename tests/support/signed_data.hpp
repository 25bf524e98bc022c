// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace kmodsec::test {

/// One element of DER.
std::string element(unsigned char tag, std::string_view content);

/// A PKCS#7 message part by part, each as it is encoded. By default one that kernels read, with a
/// signature that is none.
struct SignedData {
  std::string kind = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
  std::string version = element(0x02, "\1");
  std::string digests = element(0x31, sha256());
  std::string content_kind = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
  std::string content;
  std::string certificates;
  std::string signer_version = element(0x02, "\1");
  std::string signer_id = element(0x30, name("Some key") + element(0x02, "\7"));
  std::string digest = sha256();
  std::string signed_attributes;
  std::string method = element(0x30, element(0x06, "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"));
  std::string number = element(0x04, "number");
  std::string other_attributes;
  std::string tag_of_signers = "\x31";

  std::string encoded() const;

  static std::string name(std::string_view common_name);
  static std::string sha256();
};

/// The message with a certificate more, in front of those that it has.
std::string with_certificate(std::string_view message, std::string_view certificate);

}  // namespace kmodsec::test
