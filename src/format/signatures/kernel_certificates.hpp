// SPDX-License-Identifier: GPL-2.0-or-later
//
// A kernel carries its certificates in the data that it drops after start-up, DER one after the
// other, with their total length behind them (linux: certs/system_certificates.S,
// certs/revocation_certificates.S):
//
//    trusted                                       revoked
//   +-----------------------------+  8-aligned    +-----------------------------+  8-aligned
//   | certificate ...             |               | certificate ...             |
//   +-----------------------------+               +-----------------------------+
//   | room for one more; how much |  only with    | padding to 8                |
//   | of it is used, u32          |  SYSTEM_EXTRA +-----------------------------+
//   +-----------------------------+  _CERTIFICATE | length of the list, u64     |
//   | padding to 8                |               +-----------------------------+
//   +-----------------------------+
//   | length of the list, u64     |
//   +-----------------------------+
//   | length of the first         |  since 5.13; 0 when modules are not signed
//   | certificate, u64            |
//   +-----------------------------+
//
// The room, or the right length of the first certificate, shows that a list is the trusted one. A
// length of 0 shows nothing: behind the revoked list usually stands the empty table of
// certs/blacklist_nohashes.c, eight zeros. Revoked lists came with 5.13 too, so before that a
// list that is alone is the trusted one. Other certificates, as those of the wireless regulatory
// database, have no such length behind them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// Finds the lists of certificates in a kernel that is seen window by window.
class KernelCertificates {
 public:
  /// What must be seen behind a place before that place can be judged.
  static constexpr std::size_t lookahead = 384UL * 1024;

  /// Looks for lists that begin in the first `size` bytes of `window`, which stands at `offset` of
  /// the kernel; a multiple of 8, as is each `size` but the last.
  void scan(std::string_view window, std::uint64_t offset, std::size_t size);

  /// A list was found that is the trusted one, and the revoked one, which is linked right behind
  /// it, would have been found too in a kernel seen up to `offset`.
  bool complete(std::uint64_t offset) const;

  struct Lists {
    std::vector<std::string> trusted;
    std::vector<std::string> revoked;
  };

  /// Tells the lists apart; `version` is the kernel's. Errors: `unsupported` when there is no
  /// list or no telling, `malformed` and `too_large` for what no kernel build makes.
  Result<Lists> judge(std::string_view version) const;

 private:
  struct List {
    std::uint64_t end = 0;
    std::vector<std::string> certificates;
    bool is_trusted = false;
  };

  void look_at(std::string_view window, std::size_t start, std::uint64_t offset);
  bool spend(std::size_t work);

  std::vector<List> lists_;
  std::uint64_t resume_ = 0;  ///< No list begins before this: it is inside one.
  std::size_t spent_ = 0;
  bool too_much_ = false;
  bool too_long_ = false;
};

}  // namespace kmodsec
