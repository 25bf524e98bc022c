// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/options.hpp"
#include "base/result.hpp"
#include "cli/option_set.hpp"
#include "cli/verb.hpp"

namespace kmodsec {

/// Options that are taken as text first.
struct CommonTexts {
  std::string fail_on;  ///< Empty: it was not given.
  std::vector<std::string> limits;
};

void declare_common(OptionSet& set, Options& options, CommonTexts& texts);

/// Says why a common option that was given means nothing to the verb.
Error meaningless_option(const Verb& verb, const std::string& option);

/// Turns the texts into what they stand for, and refuses what does not fit the verb or each other.
/// Errors are of kind `usage`.
Result<void> settle(const Verb& verb, Options& options, const CommonTexts& texts);

}  // namespace kmodsec
