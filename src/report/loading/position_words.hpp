// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/loading/load_paths.hpp"

namespace kmodsec {

/// Who gets at a module, as the beginning of a sentence.
std::string_view position_heading(AttackerPosition position);

/// The same within a sentence.
std::string position_words(AttackerPosition position);

/// "any local user: mount(2)"; without what leads to it where that is not known.
std::string words_of(const Attacker& attacker);

/// What closes a module that is denied and that only an image older than the deny lets in. Safe for
/// a terminal.
std::string rebuild_words(const ModuleLoadPaths& module);

/// "open, loaded now": whether a module can get in, and whether it is in.
std::string state_words(LoadState state, bool is_loaded);

}  // namespace kmodsec
