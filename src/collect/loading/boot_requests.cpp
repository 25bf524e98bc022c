// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/boot_requests.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "collect/host/configuration_files.hpp"
#include "collect/host/folders.hpp"
#include "collect/limits.hpp"
#include "collect/loading/boot_units.hpp"
#include "collect/loading/host_init.hpp"
#include "collect/paths.hpp"
#include "format/loading/modules_load.hpp"
#include "format/loading/systemd_parameters.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view command_line_path = "/proc/cmdline";
constexpr std::string_view etc_modules = "/etc/modules";
constexpr std::string_view openrc_modules = "/etc/conf.d/modules";

/// Those of the scripts of OpenRC and Void, highest precedence first.
constexpr std::array<std::string_view, 3> folders_of_scripts = {
    "/etc/modules-load.d", "/run/modules-load.d", "/usr/lib/modules-load.d"};

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

using Parse = LoadConfig (*)(std::string_view text, const std::string& source);

class BootRequests {
 public:
  BootRequests(const Root& root, std::string_view command_line, LoadConfig& config)
      : root_(root), command_line_(command_line), config_(config) {}

  Result<void> add() {
    const InitSystem init = config_.init.system;
    if (auto read = read_folders(init); !read) return read;
    switch (init) {
      case InitSystem::unknown:
      case InitSystem::systemd: add_systemd(init); break;
      case InitSystem::openrc: add_openrc(); break;
      case InitSystem::runit:
      case InitSystem::dinit:
        take(parse_script_load_parameters(command_line_, std::string(command_line_path)), {});
        break;
      case InitSystem::sysvinit:
      case InitSystem::busybox: add_file(etc_modules, parse_module_lines, {}); break;
    }
    return {};
  }

 private:
  Result<void> read_folders(InitSystem init) {
    const bool by_scripts =
        init == InitSystem::openrc || init == InitSystem::runit || init == InitSystem::dinit;
    const bool takes_first_word =
        init == InitSystem::openrc || init == InitSystem::sysvinit || init == InitSystem::busybox;
    past_blacklist_ = init == InitSystem::sysvinit || init == InitSystem::busybox;
    const auto folders = by_scripts ? std::span<const std::string_view>(folders_of_scripts)
                                    : std::span<const std::string_view>(modules_load_folders);
    auto files = configuration_files(root_, folders);
    if (!files) return std::unexpected(files.error());
    append(config_.unseen, std::move(files->unseen));
    for (const auto& [name, path] : files->read) {
      if (way_to(root_, path).end.value_or("") == etc_modules) reads_etc_modules_ = true;
      auto text = read(path);
      if (!text) return std::unexpected(text.error());
      if (*text)
        take((takes_first_word ? parse_module_lines : parse_modules_load)(**text, utf8_text(path)),
             {});
    }
    for (const PassedOverFile& file : files->passed_over) {
      if (file.shadowed_by.empty()) note_unread(file.path, {});
    }
    return {};
  }

  /// Nothing for what has no lines, or is no file: that is noted as a gap.
  Result<std::optional<std::string>> read(const std::string& path) {
    auto text = root_.read(path, configuration_limit);
    if (text) return std::optional(std::move(*text));
    if (has_no_lines(root_, path, text.error())) return std::nullopt;
    if (text.error().kind != ErrorKind::unsupported) return std::unexpected(text.error());
    config_.unseen.push_back(unread_because(path, text.error()));
    return std::nullopt;
  }

  std::optional<std::string> read_or_note(const std::string& path) {
    auto text = root_.read(path, configuration_limit);
    if (text) return std::move(*text);
    if (!has_no_lines(root_, path, text.error()))
      config_.unseen.push_back(unread_because(path, text.error()));
    return std::nullopt;
  }

  void take(LoadConfig part, const std::string& by) {
    for (LoadRequest& request : part.at_boot) {
      request.by = by;
      request.past_blacklist = past_blacklist_;
    }
    append(config_.at_boot, std::move(part.at_boot));
    append(config_.problems, std::move(part.problems));
  }

  void add_file(std::string_view path, Parse parse, const std::string& by) {
    if (reads_etc_modules_ && path == etc_modules) return;
    if (const auto text = read_or_note(std::string(path)))
      take(parse(*text, std::string(path)), by);
  }

  void add_systemd(InitSystem init) {
    append(config_.at_boot,
           parse_systemd_load_parameters(command_line_, std::string(command_line_path), false));
    add_boot_units(root_, command_line_, config_);
    if (init == InitSystem::unknown) return add_of_others();
    if (!reads_etc_modules_)
      note_unread(std::string(etc_modules),
                  "systemd reads modules-load.d, and no file there leads to it");
  }

  /// What other inits read, and systemd does not.
  void add_of_others() {
    past_blacklist_ = true;
    add_file(etc_modules, parse_module_lines, "an init that reads /etc/modules");
    past_blacklist_ = false;
    add_file(openrc_modules, parse_openrc_modules, "OpenRC, if that is the init");
  }

  /// The script of Alpine reads /etc/modules as well, and calls plain modprobe.
  void add_openrc() {
    const std::string script = read_or_note("/etc/init.d/modules").value_or("");
    std::string without_folders = script;
    constexpr std::string_view folder = "/etc/modules-load.d";
    for (std::size_t at = 0; (at = without_folders.find(folder, at)) != std::string::npos;)
      without_folders.erase(at, folder.size());
    const bool applies_blacklist =
        script.contains("--use-blacklist") || script.contains("modprobe -b");
    past_blacklist_ = !script.empty() && !applies_blacklist;
    for (LoadRequest& request : config_.at_boot) request.past_blacklist = past_blacklist_;
    add_file(openrc_modules, parse_openrc_modules, {});
    if (script.empty() || without_folders.contains(etc_modules))
      return add_file(etc_modules, parse_module_lines, {});
    note_unread(std::string(etc_modules), "OpenRC's modules service reads modules-load.d");
  }

  void note_unread(const std::string& path, std::string reason) {
    const auto text = read_or_note(path);
    if (!text) return;
    UnreadFile file{.path = utf8_text(path), .reason = std::move(reason)};
    for (const LoadRequest& request : parse_module_lines(*text, {}).at_boot)
      file.requests.push_back(request.name);
    if (!file.requests.empty()) config_.unread.push_back(std::move(file));
  }

  const Root& root_;
  std::string_view command_line_;
  LoadConfig& config_;
  bool reads_etc_modules_ = false;
  bool past_blacklist_ = false;
};

}  // namespace

Result<void> add_boot_requests(const Root& root, std::string_view command_line,
                               LoadConfig& config) {
  config.init = collect_host_init(root, command_line);
  return BootRequests(root, command_line, config).add();
}

}  // namespace kmodsec
