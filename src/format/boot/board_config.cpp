// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/boot/board_config.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_entries = 4096;

struct Setting {
  std::string key;
  std::string value;
};

/// "KEY=value", or "KEY: value": what comes first parts them. The key in lower case.
Setting setting_in(std::string_view line, std::string_view separators) {
  const std::size_t at = line.find_first_of(separators);
  if (at == std::string_view::npos) return {};
  return {in_lower_case(trim(line.substr(0, at))), std::string(trim(line.substr(at + 1)))};
}

void add_paths(std::string_view list, std::vector<std::string>& paths) {
  for (const std::string_view path : split(list, ',')) paths.emplace_back(trim(path));
}

/// "initramfs FILE followkernel" has no equals sign.
bool reads_directive(std::string_view line, RaspberryPiConfig& config) {
  const std::vector<std::string_view> words = split_words(line);
  if (words.size() < 2) return false;
  if (words[0] == "initramfs") add_paths(words[1], config.initrds);
  if (words[0] == "include") config.includes.emplace_back(words[1]);
  return words[0] == "initramfs" || words[0] == "include";
}

/// "boot():/vmlinuz#HASH" and "boot:///vmlinuz" without what stands around the path.
std::string limine_path(std::string_view value) {
  value = value.substr(0, value.find('#'));
  if (value.starts_with("$")) value.remove_prefix(1);  // it is compressed
  if (const std::size_t colon = value.find(':'); colon != std::string_view::npos)
    value.remove_prefix(colon + 1);
  while (value.starts_with("//")) value.remove_prefix(1);
  return std::string(value);
}

void read_limine_setting(const Setting& setting, std::size_t number, BootEntry& entry) {
  const std::string& key = setting.key;
  if (key == "path" || key == "kernel_path") {
    entry.kernel = limine_path(setting.value);
    entry.line = number;
    if (!entry.options) entry.options = std::string{};
  }
  if (key == "image_path") entry.unified.push_back(limine_path(setting.value));
  if (key == "module_path") entry.initrds.push_back(limine_path(setting.value));
  if (key == "cmdline" || key == "kernel_cmdline") entry.options = setting.value;
}

}  // namespace

RaspberryPiConfig parse_raspberry_pi_config(std::string_view text) {
  RaspberryPiConfig config;
  for_each_line(text, [&](std::string_view raw, std::size_t) {
    const std::string_view line = trim(raw);
    if (line.empty() || line.starts_with('#') || reads_directive(line, config)) return;
    const Setting setting = setting_in(line, "=");
    if (setting.key == "kernel") config.kernels.push_back(setting.value);
    if (setting.key == "ramfsfile") add_paths(setting.value, config.initrds);
    if (setting.key == "cmdline") config.command_lines.push_back(setting.value);
    if (setting.key == "os_prefix") config.prefixes.push_back(setting.value);
    if (setting.key == "auto_initramfs" && setting.value != "0") config.finds_initramfs = true;
  });
  return config;
}

std::vector<BootEntry> parse_uboot_environment(std::string_view text) {
  BootEntry entry{.unclear = "a script of U-Boot makes the command line"};
  for_each_line(text, [&](std::string_view raw, std::size_t number) {
    const std::string_view line = trim(raw);
    if (line.empty() || line.starts_with('#')) return;
    const Setting setting = setting_in(line, "=");
    const std::string& key = setting.key;
    if (key == "uname_r") entry.version = setting.value;
    if (key == "initrd_file" || key == "ramdisk_file" || key == "initrd_name")
      entry.initrds.push_back(setting.value);
    const bool is_options =
        key == "bootargs" || key == "cmdline" || key == "optargs" || key == "extraargs";
    if (!is_options) return;
    if (entry.options)
      *entry.options += " " + setting.value;
    else
      entry.options = setting.value;
    entry.line = number;
  });
  const bool says_something = entry.options || !entry.version.empty() || !entry.initrds.empty();
  return says_something ? std::vector{std::move(entry)} : std::vector<BootEntry>{};
}

Result<std::vector<BootEntry>> parse_limine_config(std::string_view text) {
  std::vector<BootEntry> entries;
  bool in_entry = false;
  for_each_line(text, [&](std::string_view raw, std::size_t number) {
    const std::string_view line = trim(raw);
    if (line.empty() || line.starts_with('#') || entries.size() > most_entries) return;
    if (line.starts_with('/') || line.starts_with(':')) {
      entries.emplace_back().line = number;
      in_entry = true;
    } else if (in_entry) {
      read_limine_setting(setting_in(line, ":="), number, entries.back());
    }
  });
  if (entries.size() > most_entries)
    return failure(ErrorKind::too_large, "", "more than 4096 boot entries");
  std::erase_if(entries, [](const BootEntry& entry) {
    return entry.kernel.empty() && entry.unified.empty();
  });
  return entries;
}

}  // namespace kmodsec
