// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace kmodsec {

/// The words of a command that a shell takes as they stand, up to a comment; nothing where the
/// shell would do more than run one program with them: operators, expansions, quotes, an
/// assignment. Words part at blanks and tabs alone, so that a carriage return belongs to its word.
std::vector<std::string_view> plain_shell_words(std::string_view command);

/// Whether there is no command at all but blanks and a comment: the shell succeeds.
bool is_empty_command(std::string_view command);

}  // namespace kmodsec
