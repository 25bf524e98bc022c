// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/boot_units.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/host/configuration_files.hpp"
#include "collect/host/folders.hpp"
#include "collect/limits.hpp"
#include "collect/loading/found_requests.hpp"
#include "collect/loading/unit_environment.hpp"
#include "collect/paths.hpp"
#include "format/kernel/kernel_command_line.hpp"
#include "format/loading/unit_file.hpp"

namespace kmodsec {
namespace {

/// "modprobe@loop.service": "modprobe@.service" and "loop".
struct UnitName {
  std::string unit;  ///< Of an instance, the name of its template.
  std::string instance;
};

UnitName name_of(const std::string& unit) {
  const std::size_t at = unit.find('@');
  const std::size_t dot = unit.rfind('.');
  if (at == std::string::npos || dot == std::string::npos || dot <= at + 1) return {unit, {}};
  return {unit.substr(0, at + 1) + unit.substr(dot), unit.substr(at + 1, dot - at - 1)};
}

/// A command of a unit, with the file that has it.
struct UnitCommand {
  UnitSetting setting;
  std::string path;
};

/// What the files of one unit come to.
struct ReadUnit {
  ReadUnit(EnvironmentFiles& files, const std::string& of_manager)
      : environment(files, of_manager) {}

  std::map<std::string, std::vector<UnitCommand>> commands;  ///< By their keys.
  UnitEnvironment environment;
};

class BootUnits {
 public:
  BootUnits(const Root& root, std::string_view command_line, LoadConfig& config)
      : root_(root),
        config_(config),
        environment_files_(root),
        options_of_manager_(modprobe_options_of_manager(root, command_line)) {
    for (const std::string_view folder : folders_once(root, system_unit_folders))
      add_folder(folder);
  }

  void start(const std::string& unit) {
    constexpr std::size_t units_limit = 20'000;
    if (!is_unit(unit) || started_.size() >= units_limit || !started_.insert(unit).second) return;
    waiting_.push_back(unit);
  }

  void follow() {
    while (!waiting_.empty()) {
      const std::string unit = std::move(waiting_.back());
      waiting_.pop_back();
      read(unit);
    }
  }

 private:
  void add_folder(std::string_view folder) {
    const auto entries = root_.list(folder);
    if (!entries) {
      if (entries.error().kind != ErrorKind::not_found)
        config_.unseen.push_back({std::string(folder), entries.error().reason});
      return;
    }
    for (const Entry& entry : *entries) {
      const std::string path = std::string(folder) + "/" + entry.name;
      if (is_unit(entry.name)) files_.try_emplace(entry.name, path);
      for (const std::string_view kind : {".wants", ".requires", ".upholds", ".d"}) {
        if (entry.name.ends_with(kind)) folders_[entry.name].push_back(path);
      }
    }
  }

  /// The file, then its drop-ins; a link to another unit is an alias of it, and one to /dev/null
  /// masks it.
  void read(const std::string& unit) {
    const UnitName name = name_of(unit);
    for (const std::string& each : {unit, name.unit}) start_from_folders(each);
    const auto own = files_.find(unit);
    const auto file = own != files_.end() ? own : files_.find(name.unit);
    if (file == files_.end()) return;
    const std::string link = root_.read_link(file->second).value_or("");
    if (link == "/dev/null") return;
    const std::string target(file_name(link));
    if (is_unit(target) && target != file->first) return start(target_of(target, name.instance));
    std::vector<std::string> paths = {file->second};
    add_drop_ins_of_kind(name.unit, paths);
    add_drop_ins(unit, paths);
    if (name.unit != unit) add_drop_ins(name.unit, paths);
    read_files(paths, unit, name.instance);
  }

  static std::string target_of(const std::string& target, const std::string& instance) {
    const std::size_t at = target.find("@.");
    if (at == std::string::npos || instance.empty()) return target;
    return target.substr(0, at + 1) + instance + target.substr(at + 1);
  }

  void start_from_folders(const std::string& unit) {
    for (const std::string_view kind : {".wants", ".requires", ".upholds"}) {
      const auto found = folders_.find(unit + std::string(kind));
      if (found == folders_.end()) continue;
      for (const std::string& folder : found->second) start_all_of(folder);
    }
  }

  void start_all_of(const std::string& folder) {
    const auto entries = root_.list(folder);
    if (!entries) config_.unseen.push_back({utf8_text(folder), entries.error().reason});
    for (const Entry& entry : entries.value_or(std::vector<Entry>{})) {
      if (root_.read_link(folder + "/" + entry.name).value_or("") != "/dev/null") start(entry.name);
    }
  }

  /// Of "a-b.service": those of service.d and a-.service.d.
  void add_drop_ins_of_kind(const std::string& unit, std::vector<std::string>& paths) const {
    const std::size_t dot = unit.rfind('.');
    add_drop_ins(unit.substr(dot + 1), paths);
    for (std::size_t dash = unit.find('-'); dash < dot; dash = unit.find('-', dash + 1)) {
      if (dash + 1 < dot) add_drop_ins(unit.substr(0, dash + 1) + unit.substr(dot), paths);
    }
  }

  void add_drop_ins(const std::string& unit, std::vector<std::string>& paths) const {
    const auto found = folders_.find(unit + ".d");
    if (found == folders_.end()) return;
    const std::vector<std::string_view> folders(found->second.begin(), found->second.end());
    const auto files = configuration_files(root_, folders);
    if (!files) return;
    for (const auto& [name, path] : files->read) paths.push_back(path);
  }

  void read_files(const std::vector<std::string>& paths, const std::string& unit,
                  const std::string& instance) {
    ReadUnit read(environment_files_, options_of_manager_);
    for (const std::string& path : paths) {
      const auto text = root_.read(path, configuration_limit);
      if (!text && !has_no_lines(root_, path, text.error()))
        config_.unseen.push_back(unread_because(path, text.error()));
      if (!text) continue;
      for (UnitSetting& setting : parse_unit_file(*text))
        apply(std::move(setting), path, instance, read);
    }
    if (unit.ends_with(".socket") || unit.ends_with(".timer") || unit.ends_with(".path"))
      start(unit.substr(0, unit.rfind('.')) + ".service");
    add_requests(read, unit, instance);
  }

  void apply(UnitSetting setting, const std::string& path, const std::string& instance,
             ReadUnit& read) {
    switch (setting.effect) {
      case UnitEffect::starts:
      case UnitEffect::activates:
        for (const std::string_view unit : split_words(setting.value)) start(std::string(unit));
        return;
      case UnitEffect::runs: {
        std::vector<UnitCommand>& of_key = read.commands[setting.key];
        if (setting.value.empty()) of_key.clear();
        of_key.push_back({std::move(setting), path});
        return;
      }
      case UnitEffect::sets:
      case UnitEffect::reads:
      case UnitEffect::unsets: read.environment.take(setting, instance); return;
      case UnitEffect::sets_for_all: return;
    }
  }

  void add_requests(const ReadUnit& read, const std::string& unit, const std::string& instance) {
    const std::vector<std::string> options = read.environment.modprobe_options();
    bool loads = false;
    for (const auto& [key, commands] : read.commands) {
      for (const UnitCommand& command : commands) {
        const std::string path = utf8_text(command.path);
        LoadCommands found = load_commands_of(command.setting, instance, options, path);
        loads = loads || !found.requests.empty();
        append_requests(std::move(found), {path, unit}, config_);
      }
    }
    if (!loads) return;
    for (const std::string& reason : read.environment.unread())
      config_.unseen.push_back(
          {utf8_text(read.commands.begin()->second.front().path),
           "MODPROBE_OPTIONS may be set by a file that was not read: " + reason});
  }

  const Root& root_;
  LoadConfig& config_;
  EnvironmentFiles environment_files_;
  std::string options_of_manager_;
  std::map<std::string, std::string> files_;  ///< Unit to the file that counts.
  std::map<std::string, std::vector<std::string>> folders_;
  std::set<std::string> started_;
  std::vector<std::string> waiting_;
};

}  // namespace

void add_boot_units(const Root& root, std::string_view command_line, LoadConfig& config) {
  BootUnits units(root, command_line, config);
  std::string target = "default.target";
  for (const KernelParameter& parameter : parse_kernel_command_line(command_line)) {
    if (is_kernel_parameter(parameter.key, "systemd.wants")) units.start(parameter.value);
    if (is_kernel_parameter(parameter.key, "systemd.unit")) target = parameter.value;
  }
  for (const std::string& unit :
       {target, std::string("sysinit.target"), std::string("basic.target")})
    units.start(unit);
  units.follow();
}

}  // namespace kmodsec
