// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <openssl/asn1.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>

namespace kmodsec::openssl {

template <class T, void (*release)(T*)>
struct Releaser {
  void operator()(T* pointer) const { release(pointer); }
};

using Cms = std::unique_ptr<CMS_ContentInfo, Releaser<CMS_ContentInfo, CMS_ContentInfo_free>>;
using X509Ptr = std::unique_ptr<X509, Releaser<X509, X509_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;

/// A library context of our own: the host's openssl.cnf neither slows the start nor decides what
/// can be computed here.
OSSL_LIB_CTX* library();

/// A digest by any of its names; nothing when this OpenSSL does not have it.
const EVP_MD* digest_named(const char* name);

std::string_view bytes_of(const ASN1_STRING* string);

/// Returns nothing when the bytes are not exactly one DER certificate.
X509Ptr read_certificate(std::string_view der);

std::string der_of(const X509* certificate);

/// "66:F5:4E", as modinfo(8) prints keys and signatures.
std::string colon_hex(std::string_view bytes);

std::string serial_bytes(const ASN1_INTEGER* serial);

/// Valid UTF-8; empty when the name has none.
std::string common_name(const X509_NAME* name);

}  // namespace kmodsec::openssl
