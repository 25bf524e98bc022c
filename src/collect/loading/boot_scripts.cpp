// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/boot_scripts.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "collect/host/configuration_files.hpp"
#include "collect/host/walk.hpp"
#include "collect/limits.hpp"
#include "collect/loading/found_requests.hpp"
#include "collect/paths.hpp"
#include "format/loading/udev_rules.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_scripts = 4096;
constexpr const char* too_many = "too many files";
constexpr const char* by_boot = "a script of the boot";
constexpr const char* by_cron = "a job of cron";

/// Highest precedence first (udev(7)).
constexpr std::array<std::string_view, 5> rule_folders = {
    "/etc/udev/rules.d", "/run/udev/rules.d", "/usr/local/lib/udev/rules.d",
    "/usr/lib/udev/rules.d", "/lib/udev/rules.d"};

/// Of Debian and SUSE, of Red Hat; they are run where root made them executable.
constexpr std::array<std::string_view, 5> rc_scripts = {
    "/etc/rc.local", "/etc/rc.d/rc.local", "/etc/rc.d/rc.modules", "/etc/init.d/boot.local",
    "/etc/init.d/after.local"};

constexpr std::array<std::string_view, 4> crontabs = {
    "/etc/crontab", "/etc/anacrontab", "/var/spool/cron/crontabs/root", "/var/spool/cron/root"};

/// What run-parts(8) of cron, anacron or busybox runs from there.
constexpr std::array<std::string_view, 10> cron_folders = {
    "/etc/cron.hourly",     "/etc/cron.daily",      "/etc/cron.weekly",     "/etc/cron.monthly",
    "/etc/cron.yearly",     "/etc/periodic/15min",  "/etc/periodic/hourly", "/etc/periodic/daily",
    "/etc/periodic/weekly", "/etc/periodic/monthly"};

constexpr std::array<std::string_view, 7> initramfs_folders = {"/etc/initramfs-tools/scripts",
                                                               "/etc/initramfs-tools/hooks",
                                                               "/usr/share/initramfs-tools/scripts",
                                                               "/usr/share/initramfs-tools/hooks",
                                                               "/etc/initcpio/hooks",
                                                               "/usr/lib/initcpio/hooks",
                                                               "/etc/initcpio/install"};

bool is_local(std::string_view path) {
  return path.starts_with("/etc/") || path.starts_with("/run/") ||
         path.starts_with("/usr/local/") || path.starts_with("/var/");
}

void leave_out_obedient(LoadCommands& found) {
  std::erase_if(found.requests,
                [](const LoadRequest& request) { return !passes_over_denies(request); });
}

class BootScripts {
 public:
  BootScripts(const Root& root, LoadConfig& config) : root_(root), config_(config) {}

  void add_all() {
    add_rules();
    for (const std::string_view path : rc_scripts) add_executable(std::string(path), by_boot);
    for (const std::string& path : files_of("/etc/local.d", ".start"))
      add_executable(path, by_boot);
    for (const std::string_view path : crontabs) add_crontab(std::string(path));
    for (const std::string& path : files_of("/etc/cron.d", "")) add_crontab(path);
    for (const std::string_view folder : cron_folders) {
      for (const std::string& path : files_of(folder, "")) add_executable(path, by_cron);
    }
    for (const std::string_view folder : initramfs_folders) add_initramfs_folder(folder);
  }

 private:
  std::optional<std::string> read(const std::string& path) {
    auto text = root_.read(path, configuration_limit);
    if (text) return std::move(*text);
    if (!has_no_lines(root_, path, text.error()))
      config_.unseen.push_back(unread_because(path, text.error()));
    return std::nullopt;
  }

  std::vector<std::string> files_of(std::string_view folder, std::string_view end) {
    std::vector<std::string> paths;
    const auto entries = root_.list(folder);
    if (!entries && entries.error().kind != ErrorKind::not_found)
      config_.unseen.push_back({std::string(folder), entries.error().reason});
    for (const Entry& entry : entries.value_or(std::vector<Entry>{})) {
      if (entry.type == FileType::directory || !entry.name.ends_with(end)) continue;
      if (paths.size() >= most_scripts) {
        config_.unseen.push_back({std::string(folder), too_many});
        break;
      }
      paths.push_back(std::string(folder) + "/" + entry.name);
    }
    return paths;
  }

  void add_rules() {
    std::map<std::string, std::string> rules;
    for (const std::string_view folder : folders_once(root_, rule_folders)) {
      for (const std::string& path : files_of(folder, ".rules"))
        rules.try_emplace(path.substr(folder.size()), path);
    }
    for (const auto& [name, path] : rules) {
      const auto text = read(path);
      if (!text) continue;
      const CommandPlace place{utf8_text(path), "a rule of udev"};
      LoadCommands unclear;
      for (const UdevCommand& command : parse_udev_rules(*text)) {
        LoadCommands found = load_commands_of(command, place.path);
        if (!is_local(path)) leave_out_obedient(found);
        std::ranges::move(std::exchange(found.unclear, {}), std::back_inserter(unclear.unclear));
        append_requests(std::move(found), place, config_);
      }
      append_requests(std::move(unclear), place, config_);
    }
  }

  /// One that is not executable is not run (systemd: src/rc-local-generator, run-parts(8)).
  void add_executable(const std::string& path, const std::string& by) {
    constexpr std::uint32_t may_execute = 0111;
    const auto status = root_.status(path);
    if (status && (status->mode & may_execute) == 0) return;
    if (const auto text = read(path)) add_script(*text, path, by);
  }

  void add_crontab(const std::string& path) {
    if (const auto text = read(path)) add_script(*text, path, by_cron);
  }

  void add_script(std::string_view text, const std::string& path, const std::string& by) {
    const std::string shown = utf8_text(path);
    append_requests(load_commands(shell_commands(text, ShellText::script), {}, shown), {shown, by},
                    config_);
  }

  void add_initramfs_folder(std::string_view folder) {
    const auto status = root_.status(folder);
    if (!status && status.error().kind == ErrorKind::not_found) return;
    std::vector<std::string> paths;
    const auto unseen =
        walk(root_, std::string(folder), [&](const std::string& path, FileType type) {
          if (type != FileType::directory && paths.size() <= most_scripts) paths.push_back(path);
        });
    config_.unseen.insert(config_.unseen.end(), unseen.begin(), unseen.end());
    if (paths.size() > most_scripts) {
      paths.pop_back();
      config_.unseen.push_back({std::string(folder), too_many});
    }
    for (const std::string& path : paths) {
      const auto text = read(path);
      if (!text) continue;
      const std::string shown = utf8_text(path);
      LoadCommands found = load_commands(shell_commands(*text, ShellText::script), {}, shown);
      leave_out_obedient(found);
      if (!is_local(path)) found.unclear.clear();
      append_requests(std::move(found), {shown, "a script of the initramfs"}, config_);
    }
  }

  const Root& root_;
  LoadConfig& config_;
};

}  // namespace

void add_boot_scripts(const Root& root, LoadConfig& config) { BootScripts(root, config).add_all(); }

}  // namespace kmodsec
