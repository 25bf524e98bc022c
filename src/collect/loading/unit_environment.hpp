// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/loading/unit_file.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The files of EnvironmentFile=, each read once, however many units name it.
class EnvironmentFiles {
 public:
  explicit EnvironmentFiles(const Root& root) : root_(root) {}

  struct Found {
    std::optional<std::string> options;  ///< Of modprobe; nothing where it assigns none.
    std::string unread;                  ///< Why it was not read; empty where it was, or is absent.
  };
  Found options_of(const std::string& path);

 private:
  Found look_into(const std::string& path) const;

  const Root& root_;
  std::map<std::string, Found> known_;
};

/// What MODPROBE_OPTIONS is for the commands of one unit (systemd.exec(5)): of files before what
/// the unit says itself, and that before what the manager gives to all.
class UnitEnvironment {
 public:
  UnitEnvironment(EnvironmentFiles& files, const std::string& of_manager)
      : files_(files), of_manager_(of_manager) {}

  /// Takes what is about the environment, in the order in which systemd reads it.
  void take(const UnitSetting& said, std::string_view instance);

  std::vector<std::string> modprobe_options() const;

  /// Files that could not be read, each with the reason. One that is not there is no gap: without
  /// `-` its unit does not start.
  const std::vector<std::string>& unread() const { return unread_; }

 private:
  void read(std::string path);

  EnvironmentFiles& files_;
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
