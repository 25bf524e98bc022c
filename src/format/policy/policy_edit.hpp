// SPDX-License-Identifier: GPL-2.0-or-later
// Changes the text of a policy file, and nothing but what has to change: comments, order and
// spacing stay. Each takes the text and gives the new one, the same when there is nothing to do.
// Errors name the line: no TOML, or written in a form that only a person should edit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/policy/policy.hpp"

namespace kmodsec {

/// A text at the end of a list, such as deny.modules; table and list are made where they are
/// missing.
Result<std::string> add_to_list(const std::string& text, std::string_view table,
                                std::string_view list, const std::string& value);

/// The first entry of a list of modules or profiles that means `value`: `-` is `_`.
Result<std::string> remove_from_list(const std::string& text, std::string_view table,
                                     std::string_view list, const std::string& value);

/// A text under a key, such as options.dummy or keep.mode, in place of the one that stands there.
Result<std::string> set_text(const std::string& text, std::string_view table,
                             const std::string& key, const std::string& value);

/// A key that is true or false, such as deny.autoload_by_users; made where it is missing, unless it
/// is to be false.
Result<std::string> set_switch(const std::string& text, std::string_view table,
                               std::string_view key, bool value);

/// An [[exception]] at the end.
Result<std::string> add_exception(const std::string& text, const PolicyException& exception);

/// Removes each [[exception]] of a module; with an empty name each one that is over at `now`
/// (seconds since 1970).
Result<std::string> remove_exceptions(const std::string& text, std::string_view module,
                                      std::int64_t now);

}  // namespace kmodsec
