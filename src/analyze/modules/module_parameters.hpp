// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/modules/module.hpp"

namespace kmodsec {

/// One parameter in an options line.
struct ParameterWord {
  std::string text;  ///< As written.
  std::string name;  ///< Before `=`, with `-` as `_`.
};

/// Blanks in double quotes do not part (linux: lib/cmdline.c, next_arg).
std::vector<ParameterWord> parameter_words(std::string_view options);

/// Words of a command line as one such line: a value that has blanks in it is quoted, as modprobe
/// does it.
std::string joined_parameters(const std::vector<std::string>& words);

/// The names of a module's own parameters, with `-` as `_`.
std::set<std::string> parameters_of(const std::vector<InfoField>& info);

/// The kernel takes it for every module (linux: kernel/module/main.c, unknown_module_param_cb).
bool is_parameter_of_all(std::string_view name);

}  // namespace kmodsec
