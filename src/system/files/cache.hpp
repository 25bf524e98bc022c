// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kmodsec {

/// Answers that are expensive to compute, kept in a folder for the next run. Whoever can write
/// there decides what we believe, so entries count only where root alone can; and only root writes
/// them. A cache that cannot be used is as good as an empty one.
class Cache {
 public:
  explicit Cache(std::string folder) : folder_(std::move(folder)) {}

  /// Names are a few letters, digits and dashes.
  std::optional<std::string> read(std::string_view name) const;
  void write(std::string_view name, std::string_view bytes) const;

 private:
  std::string folder_;
};

}  // namespace kmodsec
