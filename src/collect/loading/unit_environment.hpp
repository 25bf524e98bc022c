// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/loading/unit_file.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What MODPROBE_OPTIONS is for the commands of one unit (systemd.exec(5)): of files before what
/// the unit says itself, and that before what the manager gives to all.
class UnitEnvironment {
 public:
  UnitEnvironment(const Root& root, const std::string& of_manager)
      : root_(root), of_manager_(of_manager) {}

  /// Takes what is about the environment, in the order in which systemd reads it.
  void take(const UnitSetting& said, std::string_view instance);

  std::vector<std::string> modprobe_options() const;

  /// Files that could not be read, each with the reason. One that is not there is no gap: without
  /// `-` its unit does not start.
  const std::vector<std::string>& unread() const { return unread_; }

 private:
  void read(std::string path);

  const Root& root_;
  const std::string& of_manager_;
  std::optional<std::string> of_unit_;
  std::optional<std::string> of_files_;
  std::vector<std::string> unset_;
  std::vector<std::string> unread_;
};

/// What the manager gives to all units: DefaultEnvironment= of system.conf and its drop-ins, and
/// `systemd.setenv=` of the kernel's command line (systemd-system.conf(5), systemd(1)). Files that
/// cannot be read are for whoever looks at all that set an environment.
std::string modprobe_options_of_manager(const Root& root, std::string_view command_line);

}  // namespace kmodsec
