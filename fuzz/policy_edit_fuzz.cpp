// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "format/policy/policy.hpp"
#include "format/policy/policy_edit.hpp"
#include "target.hpp"

/// What is edited stays a policy: an edit of a good one is good, and does what it says.
void kmodsec::examine(std::string_view input) {
  const auto policy = parse_policy(input);
  if (!policy) return;
  const std::string text(input);
  const auto longer = add_to_list(text, "deny", "modules", "dummy");
  if (!longer) return;
  const auto denying = parse_policy(*longer);
  require(denying &&
          std::ranges::find(denying->deny.modules, "dummy") != denying->deny.modules.end());
  const auto shorter = remove_from_list(*longer, "deny", "modules", "dummy");
  require(shorter && parse_policy(*shorter));
  const auto without = remove_exceptions(text, "dummy", 0);
  require(!without || parse_policy(*without));
}
