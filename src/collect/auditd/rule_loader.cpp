// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/auditd/rule_loader.hpp"

#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "collect/limits.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view default_rules = "/etc/audit/audit.rules";
constexpr std::array<std::string_view, 2> units = {"audit-rules.service", "auditd.service"};
/// systemd.unit(5): the first that has a unit decides.
constexpr std::array<std::string_view, 5> unit_folders = {
    "/etc/systemd/system/", "/run/systemd/system/", "/usr/local/lib/systemd/system/",
    "/usr/lib/systemd/system/", "/lib/systemd/system/"};
/// OpenRC and System V, runit.
constexpr std::array<std::string_view, 2> scripts = {"/etc/init.d/auditd", "/etc/sv/auditd/run"};
constexpr std::array<std::string_view, 3> script_settings = {
    "/etc/conf.d/auditd", "/etc/default/auditd", "/etc/sysconfig/auditd"};

/// What a command line loads, if it loads rules.
std::optional<RuleLoading> loading_by(std::string_view command) {
  const std::vector<std::string_view> words = split_words(command);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].ends_with("augenrules") && command.find("--load") != std::string_view::npos)
      return RuleLoading{AuditRuleLoader::augenrules, {}, {}};
    if (words[i] == "-R" && i > 0 && words[i - 1].ends_with("auditctl") && i + 1 < words.size())
      return RuleLoading{AuditRuleLoader::auditctl, {}, utf8_text(words[i + 1])};
  }
  return std::nullopt;
}

/// The commands of a unit, of all its files; an empty value takes those before it away.
class Commands {
 public:
  void read(std::string_view text) {
    for_each_line(text, [&](std::string_view line, std::size_t) {
      line = trim(line);
      const std::size_t equals = line.find('=');
      if (equals == std::string_view::npos || !line.starts_with("ExecStart")) return;
      auto& commands = commands_[std::string(trim(line.substr(0, equals)))];
      const std::string_view value = trim(line.substr(equals + 1));
      if (value.empty())
        commands.clear();
      else
        commands.emplace_back(value);
    });
  }

  std::optional<RuleLoading> loading() const {
    for (const auto& [name, commands] : commands_)
      for (const std::string& command : commands)
        if (auto found = loading_by(command)) return found;
    return std::nullopt;
  }

 private:
  std::map<std::string, std::vector<std::string>> commands_;
};

/// The drop-ins of a unit by their names; the first folder that has a name decides.
std::map<std::string, std::string> drop_ins(const Root& root, std::string_view unit) {
  std::map<std::string, std::string> files;
  for (const std::string_view folder : unit_folders) {
    const std::string path = std::string(folder) + std::string(unit) + ".d";
    const auto entries = root.list(path);
    if (!entries) continue;
    for (const Entry& entry : *entries)
      if (entry.name.ends_with(".conf")) files.try_emplace(entry.name, path + "/" + entry.name);
  }
  return files;
}

struct UnitFile {
  std::string path;
  std::string text;
  bool is_masked = false;
};

std::optional<UnitFile> find_unit(const Root& root, std::string_view unit) {
  for (const std::string_view folder : unit_folders) {
    const std::string path = std::string(folder) + std::string(unit);
    if (root.read_link(path) == "/dev/null") return UnitFile{path, {}, true};
    auto text = root.read(path, configuration_limit);
    if (text) return UnitFile{path, *text, text->empty()};
  }
  return std::nullopt;
}

std::optional<RuleLoading> loading_of_unit(const Root& root, std::string_view unit, bool& masked) {
  const auto file = find_unit(root, unit);
  if (!file) return std::nullopt;
  masked = masked || file->is_masked;
  if (file->is_masked) return std::nullopt;
  Commands commands;
  commands.read(file->text);
  for (const auto& [name, path] : drop_ins(root, unit))
    if (const auto text = root.read(path, configuration_limit)) commands.read(*text);
  auto found = commands.loading();
  if (found) found->said_by = file->path;
  return found;
}

/// "yes" of USE_AUGENRULES="yes", wherever it is set last.
std::string setting_of(const Root& root, std::string_view name) {
  std::string value;
  for (const std::string_view path : script_settings) {
    const std::string text = root.read(path, configuration_limit).value_or("");
    for_each_line(text, [&](std::string_view line, std::size_t) {
      line = trim(line);
      if (!line.starts_with(name) || line.substr(name.size(), 1) != "=") return;
      value = line.substr(name.size() + 1);
      std::erase_if(value, [](char letter) { return letter == '"' || letter == '\''; });
    });
  }
  return value;
}

std::optional<RuleLoading> loading_of_script(const Root& root, std::string_view path) {
  const auto text = root.read(path, configuration_limit);
  if (!text) return std::nullopt;
  const bool is_asked = text->find("USE_AUGENRULES") != std::string::npos;
  const std::string wish = setting_of(root, "USE_AUGENRULES");
  const bool uses = text->find("augenrules") != std::string::npos &&
                    (!is_asked || wish == "yes" || wish == "YES");
  if (uses) return RuleLoading{AuditRuleLoader::augenrules, std::string(path), {}};
  if (text->find("auditctl") == std::string::npos) return std::nullopt;
  const std::string file = setting_of(root, "RULEFILE_STARTUP");
  return RuleLoading{AuditRuleLoader::auditctl, std::string(path),
                     utf8_text(file.empty() ? default_rules : file)};
}

}  // namespace

RuleLoading find_rule_loading(const Root& root) {
  bool masked = false;
  for (const std::string_view unit : units)
    if (const auto found = loading_of_unit(root, unit, masked)) return *found;
  for (const std::string_view script : scripts)
    if (const auto found = loading_of_script(root, script)) return *found;
  return {masked ? AuditRuleLoader::nothing : AuditRuleLoader::unknown, {}, {}};
}

}  // namespace kmodsec
