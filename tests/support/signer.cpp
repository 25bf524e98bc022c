// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/signer.hpp"

#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "support/module_builder.hpp"

namespace kmodsec::test {

struct Signer::Parts {
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
};

namespace {

X509_NAME* named(const std::string& common_name) {
  X509_NAME* name = X509_NAME_new();
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                             0);
  return name;
}

void add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

X509* certificate_for(EVP_PKEY* key, const std::string& common_name, long serial) {
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
  X509_NAME* name = named(common_name);
  X509_set_subject_name(certificate, name);
  X509_set_issuer_name(certificate, name);
  X509_NAME_free(name);
  X509_set_pubkey(certificate, key);
  add_extension(certificate, certificate, NID_subject_key_identifier, "hash");
  return certificate;
}

unsigned flags_for(const SignOptions& options) {
  unsigned flags = CMS_BINARY | CMS_NOSMIMECAP;
  if (!options.enclosed) flags |= CMS_DETACHED;
  if (!options.attributes) flags |= CMS_NOATTR;
  if (!options.embedded) flags |= CMS_NOCERTS;
  if (options.by_key_id) flags |= CMS_USE_KEYID;
  return flags;
}

}  // namespace

Signer::Signer(const std::string& common_name, long serial, Kind kind)
    : parts_(std::make_unique<Parts>()) {
  parts_->key = kind == Kind::rsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256");
  parts_->certificate = certificate_for(parts_->key, common_name, serial);
  X509_sign(parts_->certificate, parts_->key, EVP_sha256());
}

Signer::Signer(const std::string& common_name, long serial, const Signer& issuer,
               bool names_issuer_key)
    : parts_(std::make_unique<Parts>()) {
  parts_->key = EVP_RSA_gen(2048);
  parts_->certificate = certificate_for(parts_->key, common_name, serial);
  X509_set_issuer_name(parts_->certificate, X509_get_subject_name(issuer.parts_->certificate));
  if (names_issuer_key)
    add_extension(parts_->certificate, issuer.parts_->certificate, NID_authority_key_identifier,
                  "keyid:always");
  X509_sign(parts_->certificate, issuer.parts_->key, EVP_sha256());
}

Signer::~Signer() {
  X509_free(parts_->certificate);
  EVP_PKEY_free(parts_->key);
}

std::string Signer::certificate() const {
  unsigned char* der = nullptr;
  const int length = i2d_X509(parts_->certificate, &der);
  std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  return bytes;
}

std::string Signer::pem() const {
  BIO* output = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(output, parts_->certificate);
  char* text = nullptr;
  const long length = BIO_get_mem_data(output, &text);
  std::string pem(text, static_cast<std::size_t>(length));
  BIO_free(output);
  return pem;
}

std::string Signer::sign(std::string_view module, const SignOptions& options) const {
  BIO* content = BIO_new_mem_buf(module.data(), static_cast<int>(module.size()));
  const unsigned flags = flags_for(options);
  CMS_ContentInfo* cms = CMS_sign(nullptr, nullptr, nullptr, nullptr, flags | CMS_PARTIAL);
  CMS_add1_signer(cms, parts_->certificate, parts_->key, EVP_get_digestbyname(options.digest),
                  flags);
  CMS_final(cms, content, nullptr, flags);
  unsigned char* der = nullptr;
  const int length = i2d_CMS_ContentInfo(cms, &der);
  const std::string signature(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  CMS_ContentInfo_free(cms);
  BIO_free(content);
  return with_trailer(module, signature);
}

}  // namespace kmodsec::test
