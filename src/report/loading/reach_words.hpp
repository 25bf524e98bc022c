// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/loading/doors.hpp"

namespace kmodsec {

/// Who gets at a module, as the beginning of a sentence.
std::string_view reach_heading(Reach reach);

/// The same within a sentence.
std::string reach_words(Reach reach);

}  // namespace kmodsec
