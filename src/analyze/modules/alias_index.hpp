// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/work.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// Which modules a request leads to by modules.alias. Points into what it was made from: a kernel
/// has tens of thousands of aliases, and nearly all stand there as they are looked up.
class AliasIndex {
 public:
  explicit AliasIndex(const std::vector<AliasEntry>& aliases);
  AliasIndex(const AliasIndex&) = delete;
  AliasIndex& operator=(const AliasIndex&) = delete;
  ~AliasIndex() = default;

  /// The modules are in the order of the file, which is the one in which they are tried (kmod:
  /// depmod counts the modules, and libkmod/libkmod-index.c, add_value, sorts by that). `request`
  /// is normalised.
  std::vector<std::string_view> modules_of(const std::string& request, Work& work) const;

 private:
  /// Those that start alike, up to the first wildcard, are a chain: a request is held against few.
  struct Alias {
    const std::string* pattern;
    const std::string* module;
    std::uint64_t start;  ///< Hash of it.
    std::uint32_t next;   ///< Of the chain, which may have others; see `none`.
  };
  static constexpr std::uint32_t none = UINT32_MAX;

  void add(const AliasEntry& alias);
  const std::string& keep(std::string normalized);
  std::uint32_t& chain_of(std::uint64_t start) { return chains_[start % chains_.size()]; }
  std::uint32_t chain_of(std::uint64_t start) const { return chains_[start % chains_.size()]; }

  std::vector<Alias> aliases_;         ///< In the order of the file.
  std::vector<std::uint32_t> chains_;  ///< Where each begins: by the hash.
  std::vector<bool> starts_;  ///< Whether a pattern has so many characters before a wildcard.
  std::deque<std::string> rewritten_;  ///< What did not stand there normalised.
};

}  // namespace kmodsec
