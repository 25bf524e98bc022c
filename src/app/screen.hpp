// SPDX-License-Identifier: GPL-2.0-or-later
//
// How an answer gets to the user: in which colours, how wide, and through a pager or not.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "app/options.hpp"
#include "base/result.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// As the options and the terminal have it. Standard output that is no terminal is as wide as
/// $COLUMNS says, or `usual_width`. The commands that it offers are for `machine`.
Style style_for(const Options& options, AskedMachine machine = {});

/// Columns of the terminal that standard error is; nothing where it is none: whoever reads it then
/// reads lines.
std::optional<std::size_t> width_of_errors();

/// Writes the text to where the options want it. One that a person reads on a terminal which does
/// not show all of it at once goes through a pager, unless the verb `may_change` the host.
Result<void> show_answer(bool may_change, const Options& options, std::string_view text);

}  // namespace kmodsec
