// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace kmodsec {

/// A document of JSON with every character that `printable` would escape written as \uNNNN: the
/// same values to a parser, and safe for a terminal.
std::string escaped_json(std::string_view document);

/// The start of a text that is too long to be shown, with an ellipsis; else the text.
std::string shortened(std::string_view text);

}  // namespace kmodsec
