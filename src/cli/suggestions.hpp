// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "base/result.hpp"
#include "cli/help.hpp"

namespace kmodsec {

/// What is wrong with a word that is no verb, with the nearest one that is.
Error unknown_verb(const std::string& name);

/// The same of an option, which may have its value behind a "=".
Error unknown_option(const std::string& name, const Declared& own, const Declared& common);

}  // namespace kmodsec
