// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/help.hpp"

namespace kmodsec {

/// What is wrong with a word that is no verb, with the nearest one that is.
Error unknown_verb(const std::string& name);

/// The same of an option, which may have its value behind a "=". `verb` is empty where none is
/// named.
Error unknown_option(const std::string& name, const std::string& verb, const Declared& own,
                     const Declared& common);

/// An error of kind `usage` about the subject where the word is not one of these, with the nearest
/// one that is.
Result<void> one_of(const std::string& subject, const std::string& word,
                    const std::vector<std::string>& words);

}  // namespace kmodsec
