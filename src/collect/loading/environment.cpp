// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/environment.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/host/configuration_files.hpp"
#include "collect/host/folders.hpp"
#include "collect/limits.hpp"
#include "collect/paths.hpp"
#include "format/kernel/kernel_command_line.hpp"
#include "format/loading/unit_file.hpp"

namespace kmodsec {
namespace {

/// Files that put variables into the environment of services, logins and jobs of cron
/// (systemd-system.conf(5), pam_env(8), bash(1), zsh(1), csh(1), crontab(5)).
constexpr auto environment_files =
    joined_paths(std::to_array<std::string_view>(
                     {"/etc/environment", "/etc/security/pam_env.conf",
                      "/usr/lib/security/pam_env.conf", "/etc/default/locale", "/etc/default/kmod",
                      "/etc/default/cron", "/etc/sysconfig/crond", "/etc/rc.conf"}),
                 system_manager_files,
                 std::to_array<std::string_view>({"/etc/systemd/user.conf",
                                                  "/run/systemd/user.conf",
                                                  "/usr/local/lib/systemd/user.conf",
                                                  "/usr/lib/systemd/user.conf",
                                                  "/etc/profile",
                                                  "/etc/bash.bashrc",
                                                  "/etc/bashrc",
                                                  "/etc/zshenv",
                                                  "/etc/zprofile",
                                                  "/etc/zshrc",
                                                  "/etc/zsh/zshenv",
                                                  "/etc/zsh/zprofile",
                                                  "/etc/zsh/zshrc",
                                                  "/etc/csh.cshrc",
                                                  "/etc/csh.login",
                                                  "/etc/crontab",
                                                  "/etc/anacrontab",
                                                  "/var/spool/cron/crontabs/root",
                                                  "/var/spool/cron/root",
                                                  "/root/.profile",
                                                  "/root/.bashrc",
                                                  "/root/.bash_profile",
                                                  "/root/.bash_login",
                                                  "/root/.zshenv",
                                                  "/root/.zprofile",
                                                  "/root/.zshrc",
                                                  "/root/.cshrc",
                                                  "/root/.login",
                                                  "/root/.pam_environment"}));

constexpr auto environment_folders = joined_paths(
    std::to_array<std::string_view>({"/etc/environment.d", "/run/environment.d",
                                     "/usr/local/lib/environment.d", "/usr/lib/environment.d",
                                     "/root/.config/environment.d"}),
    system_manager_folders,
    std::to_array<std::string_view>({"/etc/systemd/user.conf.d", "/run/systemd/user.conf.d",
                                     "/usr/local/lib/systemd/user.conf.d",
                                     "/usr/lib/systemd/user.conf.d", "/etc/env.d", "/etc/profile.d",
                                     "/etc/cron.d", "/etc/initramfs-tools"}));

class EnvironmentReader {
 public:
  EnvironmentReader(const Root& root, LoadConfig& config) : root_(root), config_(config) {
    for (const Unseen& gap : config.unseen) noted_.insert(gap.what);
  }

  void read_all() {
    note_what_was_not_captured();
    for (const std::string_view path : environment_files) read_file(std::string(path));
    for (const std::string_view folder : environment_folders) {
      for (const Entry& entry : entries_of(std::string(folder))) {
        if (entry.type != FileType::directory) read_file(std::string(folder) + "/" + entry.name);
      }
    }
    for (const std::string_view folder : folders_once(root_, system_unit_folders))
      read_units(std::string(folder));
    for (const std::string& path : std::exchange(named_, {})) read_file(path);
  }

 private:
  void note(Unseen gap) {
    if (noted_.insert(gap.what).second) config_.unseen.push_back(std::move(gap));
  }

  /// One gap for each folder of which too little was captured.
  void note_what_was_not_captured() {
    for (const std::string path :
         {"/etc/environment", "/root/.profile", "/var/spool/cron/crontabs/root"}) {
      const auto status = root_.status(path);
      if (status || status.error().kind != ErrorKind::not_found) continue;
      if (const auto doubt = doubt_about_absence(root_, path)) note({path, doubt->reason});
    }
  }

  std::vector<Entry> entries_of(const std::string& folder) {
    auto entries = root_.list(folder);
    if (entries) return std::move(*entries);
    if (entries.error().kind != ErrorKind::not_found)
      note({utf8_text(folder), entries.error().reason});
    return {};
  }

  /// A unit that is a link to another one is read under that one's name.
  bool leads_to_unit(const std::string& path, const Entry& entry) const {
    if (entry.type != FileType::link) return false;
    const std::string target = root_.read_link(path).value_or("");
    return !target.contains('/') || target.contains("systemd/");
  }

  void read_units(const std::string& folder) {
    constexpr std::size_t most_units = 20'000;
    for (const Entry& entry : entries_of(folder)) {
      const std::string path = folder + "/" + entry.name;
      if (units_ >= most_units) return note({utf8_text(folder), "too many units"});
      if (entry.name.ends_with(".d") && entry.type == FileType::directory) {
        read_drop_ins(path);
      } else if (is_unit(entry.name) && !leads_to_unit(path, entry)) {
        read_unit(path);
      }
    }
  }

  void read_drop_ins(const std::string& folder) {
    for (const Entry& entry : entries_of(folder)) {
      if (entry.name.ends_with(".conf")) read_unit(folder + "/" + entry.name);
    }
  }

  void read_unit(const std::string& path) {
    ++units_;
    const auto text = read(path);
    if (!text) return;
    take_lines(*text, path);
    if (!text->contains("Environment")) return;
    for (const UnitSetting& each : parse_unit_file(*text)) {
      if (each.effect == UnitEffect::reads) add_named(each.value);
      if (each.effect == UnitEffect::sets) take_disguised(each, path);
    }
  }

  /// What systemd takes apart to the variable, and the line does not show as one word.
  void take_disguised(const UnitSetting& said, const std::string& path) {
    if (said.value.contains("MODPROBE_OPTIONS")) return;
    const auto options = modprobe_options_of_setting(said.value);
    if (options)
      config_.environment.push_back({said.key + "=" + said.value, utf8_text(path), said.line,
                                     sets_options_past_denies("MODPROBE_OPTIONS=" + *options)});
  }

  /// What a pattern or a part of the unit's name stands for is not looked up.
  void add_named(std::string_view path) {
    constexpr std::size_t most_named = 4096;
    if (path.starts_with('-')) path.remove_prefix(1);
    const bool is_path = path.starts_with('/') && path.find_first_of("*?[%$") == std::string::npos;
    if (is_path && named_.size() < most_named) named_.emplace(path);
  }

  std::optional<std::string> read(const std::string& path) {
    auto text = root_.read(path, configuration_limit);
    if (text) return std::move(*text);
    if (!has_no_lines(root_, path, text.error())) note(unread_because(path, text.error()));
    return std::nullopt;
  }

  void read_file(const std::string& path) {
    if (const auto text = read(path)) take_lines(*text, path);
  }

  void take_lines(std::string_view text, const std::string& path) {
    for_each_line(text, [&](std::string_view line, std::size_t number) {
      if (!sets_modprobe_options(line)) return;
      config_.environment.push_back(
          {utf8_text(trim(line)), utf8_text(path), number, sets_options_past_denies(line)});
    });
  }

  const Root& root_;
  LoadConfig& config_;
  std::set<std::string> noted_;
  std::set<std::string> named_;
  std::size_t units_ = 0;
};

/// The kernel gives init what it does not know itself (linux: init/main.c, unknown_bootoption);
/// systemd starts its services without.
void add_command_line(std::string_view command_line, LoadConfig& config) {
  if (config.init.system == InitSystem::systemd) return;
  for (const KernelParameter& parameter : parse_kernel_command_line(command_line)) {
    if (parameter.key != "MODPROBE_OPTIONS" || !parameter.has_value) continue;
    const std::string text = parameter.key + "=" + parameter.value;
    config.environment.push_back(
        {utf8_text(text), "/proc/cmdline", 1, sets_options_past_denies(text)});
  }
}

}  // namespace

void read_environment(const Root& root, std::string_view command_line, LoadConfig& config) {
  EnvironmentReader(root, config).read_all();
  add_command_line(command_line, config);
}

}  // namespace kmodsec
