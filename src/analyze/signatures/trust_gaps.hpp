// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/facts.hpp"
#include "model/signatures/private_keys.hpp"

namespace kmodsec {

/// What hides whom a kernel trusts.
inline std::vector<Unseen> gaps_of_trust(const TrustSources& trust) {
  std::vector<Unseen> gaps;
  for (const Unseen& gap : trust.unseen) {
    if (gap.what != private_keys_gap) gaps.push_back(gap);
  }
  return gaps;
}

}  // namespace kmodsec
