// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace kmodsec::test {

struct SignOptions {
  bool by_key_id = false;   ///< Names the signer by subject key id instead of issuer and serial.
  bool attributes = false;  ///< Signs attributes, which no kernel accepts on a module.
  bool enclosed = false;    ///< Holds the content itself.
  bool embedded = false;    ///< Brings the signer's certificate along.
  const char* digest = "SHA256";
};

/// A throw-away key with a certificate, which signs modules as the kernel's sign-file does.
class Signer {
 public:
  enum class Kind { rsa, p256 };

  explicit Signer(const std::string& common_name, long serial = 0x66F54E, Kind kind = Kind::rsa);

  /// One whose certificate another signer has issued, and by default names by its key id.
  Signer(const std::string& common_name, long serial, const Signer& issuer,
         bool names_issuer_key = true);

  ~Signer();

  std::string certificate() const;  ///< DER.
  std::string pem() const;

  /// The module with a signature appended.
  std::string sign(std::string_view module, const SignOptions& options = {}) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace kmodsec::test
