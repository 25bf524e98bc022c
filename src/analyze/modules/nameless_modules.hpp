// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/report.hpp"

namespace kmodsec {

/// The entries of an index whose names no line of modprobe.d could have: one gap for all of a
/// kernel, as whoever has made the index chooses how many there are.
class NamelessModules {
 public:
  void add(const std::string& name) {
    if (count_++ == 0) first_ = name;
  }

  void note(const std::string& folder, std::vector<Unseen>& unseen) const;

 private:
  std::size_t count_ = 0;
  std::string first_;
};

}  // namespace kmodsec
