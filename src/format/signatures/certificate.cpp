// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/certificate.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <utility>

#include "base/text.hpp"
#include "format/files/digest.hpp"
#include "format/files/openssl.hpp"
#include "format/signatures/kernel_x509.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_certificates = 4096;

using Input = std::unique_ptr<BIO, openssl::Releaser<BIO, BIO_free_all>>;

/// An encrypted block is no certificate, and nobody is asked for a password.
int no_password(char*, int, int, void*) { return -1; }

std::vector<std::string> pem_certificates(std::string_view bytes) {
  std::vector<std::string> found;
  const Input input(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  while (input && found.size() < most_certificates) {
    const openssl::X509Ptr certificate(
        PEM_read_bio_X509(input.get(), nullptr, no_password, nullptr));
    if (!certificate) break;
    found.push_back(openssl::der_of(certificate.get()));
  }
  ERR_clear_error();
  return found;
}

/// The size that a DER sequence with a two-byte length claims; 0 when the bytes do not start one.
std::size_t sequence_size(std::string_view bytes) {
  if (bytes.size() < 4 || !bytes.starts_with("\x30\x82")) return 0;
  return 4 + (static_cast<unsigned char>(bytes[2]) << 8U) + static_cast<unsigned char>(bytes[3]);
}

std::vector<std::string> der_certificates(std::string_view bytes) {
  std::vector<std::string> found;
  while (found.size() < most_certificates) {
    const std::size_t size = sequence_size(bytes);
    if (size == 0 || size > bytes.size()) break;
    if (!openssl::read_certificate(bytes.substr(0, size))) break;
    found.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return found;
}

/// Leading zero bytes are left out (linux: crypto/asymmetric_keys/x509_public_key.c).
std::string kernel_key_id(const X509* certificate) {
  const ASN1_OCTET_STRING* id = X509_get0_subject_key_id(const_cast<X509*>(certificate));
  std::string bytes = id != nullptr ? std::string(openssl::bytes_of(id))
                                    : openssl::serial_bytes(X509_get0_serialNumber(certificate));
  if (bytes.size() > 1 && bytes.front() == '\0') bytes.erase(0, 1);
  return to_hex(bytes);
}

std::string subject_of(const X509* certificate) {
  const X509_NAME* name = X509_get_subject_name(certificate);
  std::string subject = openssl::common_name(name);
  if (!subject.empty()) return subject;
  const Input output(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(output.get(), name, 0, XN_FLAG_RFC2253);
  char* text = nullptr;
  const long length = BIO_get_mem_data(output.get(), &text);
  return length > 0 ? utf8_text({text, static_cast<std::size_t>(length)}) : "";
}

}  // namespace

Result<std::vector<std::string>> parse_certificates(std::string_view bytes) {
  const bool is_pem = bytes.find("-----BEGIN ") != std::string_view::npos;
  auto found = is_pem ? pem_certificates(bytes) : der_certificates(bytes);
  if (found.empty()) return failure(ErrorKind::malformed, "", "no X.509 certificate in it");
  return found;
}

std::string fingerprint_of(std::string_view der) { return hex_digest(Digest::sha256, der); }

/// The to-be-signed part is the first element of the outer sequence; its bytes are hashed as they
/// are, for another encoding of the same would have another hash.
std::string tbs_digest_of(std::string_view der) {
  const auto* start = reinterpret_cast<const unsigned char*>(der.data());
  const auto* end = start + der.size();
  long length = 0;
  int tag = 0;
  int type = 0;
  const unsigned char* tbs = start;
  if ((ASN1_get_object(&tbs, &length, &tag, &type, end - tbs) & 0x80) != 0) return {};
  const unsigned char* content = tbs;
  if ((ASN1_get_object(&content, &length, &tag, &type, end - content) & 0x80) != 0) return {};
  const auto size = static_cast<std::size_t>(content - tbs + length);
  return hex_digest(Digest::sha256, der.substr(static_cast<std::size_t>(tbs - start), size));
}

std::optional<Certificate> describe_certificate(std::string_view der) {
  const auto certificate = openssl::read_certificate(der);
  if (!certificate) return std::nullopt;
  Certificate described{.fingerprint = fingerprint_of(der),
                        .tbs_sha256 = {},
                        .subject = subject_of(certificate.get()),
                        .key_id = kernel_key_id(certificate.get()),
                        .self_signed = X509_NAME_cmp(X509_get_subject_name(certificate.get()),
                                                     X509_get_issuer_name(certificate.get())) == 0,
                        .refused = {},
                        .needs = {},
                        .sources = {}};
  described.tbs_sha256 = tbs_digest_of(der);
  auto read = parse_kernel_certificate(der);
  if (read) {
    described.is_authority = read->is_authority && read->signs_certificates;
    described.signs_data = read->signs_data;
    described.needs = std::move(read->needs);
  } else {
    described.refused = read.error().reason;
  }
  ERR_clear_error();
  return described;
}

}  // namespace kmodsec
