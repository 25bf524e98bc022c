// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace kmodsec {

/// MD5 is here because dpkg's database has nothing better; it is evidence, never trust.
enum class Digest { md5, sha256 };

/// Lower-case hex. Empty when this OpenSSL does not have the algorithm.
std::string hex_digest(Digest algorithm, std::string_view bytes);

/// SHA-256 of what comes in pieces.
class Sha256 {
 public:
  Sha256();

  void add(std::string_view bytes);
  std::string hex();  ///< Of all that was added. Once.

 private:
  struct Release {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Release> context_;
};

/// SHA-256 of the first bytes and of all of them, raw. Each byte is hashed once.
struct NestedDigests {
  std::string head;
  std::string whole;
};
NestedDigests sha256_of_head_and_whole(std::string_view bytes, std::size_t head);

}  // namespace kmodsec
