// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// Which modules a request leads to by modules.alias. Points into what it was made from: a kernel
/// has tens of thousands of aliases, and nearly all stand there as they are looked up.
class AliasIndex {
 public:
  AliasIndex() = default;
  explicit AliasIndex(const std::vector<AliasEntry>& aliases);
  AliasIndex(const AliasIndex&) = delete;
  AliasIndex& operator=(const AliasIndex&) = delete;

  /// Normalised, in the order in which they are tried: aliases without wildcards first, then each
  /// in the order of the file. `request` is normalised.
  std::vector<std::string_view> modules_of(const std::string& request) const;

 private:
  struct Alias {
    const std::string* pattern;
    const std::string* module;
  };

  void add(const AliasEntry& alias);
  const std::string& keep(std::string normalized);

  std::deque<std::string> rewritten_;  ///< What did not stand there normalised.
  std::unordered_map<std::string_view, std::vector<std::string_view>> exact_;
  std::unordered_map<std::uint32_t, std::vector<Alias>> wild_;  ///< By how they start.
};

}  // namespace kmodsec
