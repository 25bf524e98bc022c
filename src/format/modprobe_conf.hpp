// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// One directive of modprobe.d(5), with the place where it stands.
struct ConfigLine {
  std::string
      directive;  ///< "alias", "blacklist", "options", "install", "remove", "softdep", "weakdep".
  std::string name;      ///< A module or pattern, `-` as `_` outside brackets.
  std::string argument;  ///< The rest of the line after one blank; of an alias, its module.
  std::string source;
  std::size_t line = 0;  ///< From 1; of a continued line, its first.
};

/// A line that modprobe would drop with a warning.
struct ConfigProblem {
  std::string source;
  std::size_t line = 0;
  std::string reason;
};

struct ModprobeConfig {
  std::vector<ConfigLine> lines;
  std::vector<ConfigProblem> problems;
};

/// One file as libkmod reads it (kmod: libkmod/libkmod-config.c, kmod_config_parse): a backslash at
/// the end joins the next line, also to a comment; `#` starts a comment only as the first
/// character; words part at blanks and tabs; nothing counts after a NUL.
ModprobeConfig parse_modprobe_conf(std::string_view text, const std::string& source);

/// The `options` lines among them, without blanks around the options.
std::vector<OptionsLine> options_of(const std::vector<ConfigLine>& lines);

/// A name with `-` as `_` outside of `[…]`; nothing when brackets do not pair.
std::optional<std::string> normalized_pattern(std::string_view name);

}  // namespace kmodsec
