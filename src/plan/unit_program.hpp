// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/path.hpp"

namespace kmodsec {

/// The program that units of root run: a path in which systemd sees nothing but one word, no
/// specifier, variable or quote (systemd.service(5), "Command lines").
class UnitProgram {
 public:
  static std::optional<UnitProgram> at(std::string path) {
    if (!is_plain_path(path)) return std::nullopt;
    return UnitProgram(std::move(path));
  }

  /// Where packages put it.
  static UnitProgram installed() { return UnitProgram("/usr/bin/kmodsec"); }

  const std::string& path() const { return path_; }

 private:
  explicit UnitProgram(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace kmodsec
