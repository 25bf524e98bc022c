// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/load_config.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/host/configuration_files.hpp"
#include "collect/host/extensions.hpp"
#include "collect/host/folders.hpp"
#include "collect/limits.hpp"
#include "collect/loading/boot_requests.hpp"
#include "collect/loading/boot_scripts.hpp"
#include "collect/loading/busybox_config.hpp"
#include "collect/loading/environment.hpp"
#include "collect/loading/install_programs.hpp"
#include "collect/loading/loader_settings.hpp"
#include "collect/loading/module_loader.hpp"
#include "collect/loading/other_configuration.hpp"
#include "collect/loading/unread_files.hpp"
#include "collect/paths.hpp"
#include "format/loading/kernel_load_parameters.hpp"
#include "format/loading/modprobe_conf.hpp"

namespace kmodsec {
namespace {

const std::string live_command_line = "/proc/cmdline";

using ParseConfiguration = LoadConfig (*)(std::string_view text, const std::string& source);

template <class T>
void append_to(std::vector<T>& all, std::vector<T> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

bool is_mask(const Root& root, const std::string& path) {
  return !path.empty() && root.read_link(path) == "/dev/null";
}

/// For what is there to be read, but need not be.
std::optional<std::string> read_or_note(const Root& root, const std::string& path,
                                        LoadConfig& config) {
  auto text = root.read(path, configuration_limit);
  if (text) return std::move(*text);
  if (!has_no_lines(root, path, text.error()))
    config.unseen.push_back(unread_because(path, text.error()));
  return std::nullopt;
}

/// Returns nothing for what has no lines, or is no file: that is noted as a gap.
Result<std::optional<std::string>> read_lines(const Root& root, const std::string& path,
                                              LoadConfig& config) {
  auto text = root.read(path, configuration_limit);
  if (text) return std::move(*text);
  if (has_no_lines(root, path, text.error())) return std::nullopt;
  const bool is_gap =
      text.error().kind == ErrorKind::unsupported || text.error().kind == ErrorKind::not_found;
  if (!is_gap) return std::unexpected(text.error());
  config.unseen.push_back(unread_because(path, text.error()));
  return std::nullopt;
}

/// Reads the files that count, and returns those that are passed over.
Result<std::vector<PassedOverFile>> read_folders(const Root& root,
                                                 std::span<const std::string_view> folders,
                                                 ParseConfiguration parse, LoadConfig& config,
                                                 ConfigurationNames names) {
  auto files = configuration_files(root, folders, names);
  if (!files) return std::unexpected(files.error());
  append_to(config.unseen, std::move(files->unseen));
  for (const auto& [name, path] : files->read) {
    const auto text = read_lines(root, path, config);
    if (!text) return std::unexpected(text.error());
    if (!*text) continue;
    LoadConfig part = parse(**text, utf8_text(path));
    append_to(config.lines, std::move(part.lines));
    append_to(config.problems, std::move(part.problems));
  }
  return std::move(files->passed_over);
}

void note_passed_over(const Root& root, const std::vector<PassedOverFile>& files,
                      LoadConfig& config) {
  for (const PassedOverFile& file : files) {
    const auto text = read_or_note(root, file.path, config);
    if (!text) continue;
    std::vector<ConfigLine> lines = parse_modprobe_conf(*text, utf8_text(file.path)).lines;
    if (lines.empty()) continue;
    config.unread.push_back({.path = utf8_text(file.path),
                             .shadowed_by = utf8_text(file.shadowed_by),
                             .lines = std::move(lines),
                             .masked = is_mask(root, file.shadowed_by)});
  }
}

/// What modprobe and the kernel itself take from it; `add_boot_requests` has the rest.
void read_command_line(const std::string& text, LoadConfig& config) {
  LoadConfig part = parse_kernel_load_parameters(text, live_command_line);
  append_to(config.lines, std::move(part.lines));
  append_to(config.problems, std::move(part.problems));
  append_to(config.idle_denies, std::move(part.idle_denies));
  config.kernel = std::move(part.kernel);
}

/// A program that is there and cannot be looked at may be another than it was taken for.
void note_unseen_loader(const Root& root, LoadConfig& config) {
  const std::string& program =
      config.loader.program.empty() ? config.loader.path : config.loader.program;
  if (program.empty()) return;
  const auto file = root.open(program);
  if (!file && file.error().kind != ErrorKind::not_found &&
      file.error().kind != ErrorKind::unsupported)
    config.unseen.push_back({config.loader.path, file.error().reason});
}

/// Those that kmod of this version reads; all of them where it is not known (kmod:
/// libkmod/libkmod.c, default_config_paths, from release to release).
std::vector<std::string_view> folders_of(const Root& root, std::uint32_t version) {
  constexpr std::uint32_t with_local_folder = 29, with_usr_folder = 32;
  std::vector<std::string_view> folders(modprobe_folders.begin(), modprobe_folders.end());
  if (version == 0) return folders;
  const auto lib = root.link_status("/lib");
  const bool is_merged = lib && lib->type == FileType::link;
  std::erase_if(folders, [&](std::string_view folder) {
    return (version < with_local_folder && folder.starts_with("/usr/local/")) ||
           (version < with_usr_folder && !is_merged && folder.starts_with("/usr/lib/"));
  });
  return folders;
}

/// Where the version is not known, files that only some releases read are read, and tried both
/// ways.
ConfigurationNames names_read_by(std::uint32_t version) {
  return version < first_kmod_without_alias_files ? ConfigurationNames::conf_and_alias
                                                  : ConfigurationNames::conf;
}

/// A reason that was given for another folder is given once.
void note_uncaptured(const std::vector<Unseen>& gaps, LoadConfig& config) {
  for (const Unseen& gap : gaps) {
    if (std::ranges::find(config.unseen, gap.why, &Unseen::why) == config.unseen.end())
      config.unseen.push_back(gap);
  }
}

}  // namespace

Seen<LoadConfig> collect_load_config(const Root& root, std::string_view built_in_modprobe) {
  LoadConfig config;
  const std::vector<Unseen> uncaptured = add_loader_settings(
      root, root.read(live_command_line, configuration_limit).value_or(""), config);
  config.loader = collect_module_loader(root, built_in_modprobe, config.loader_settings);
  note_unseen_loader(root, config);
  const std::uint32_t version = config.loader.version;
  const auto passed_over = read_folders(root, folders_of(root, version), parse_modprobe_conf,
                                        config, names_read_by(version));
  if (!passed_over) return std::unexpected(passed_over.error());
  note_passed_over(root, *passed_over, config);
  add_files_out_of_place(root, config);
  const std::string command_line = read_or_note(root, live_command_line, config).value_or("");
  read_command_line(command_line, config);
  if (const auto added = add_boot_requests(root, command_line, config); !added)
    return std::unexpected(added.error());
  add_boot_scripts(root, config);
  read_other_configuration(root, config);
  read_busybox_configuration(root, config);
  read_environment(root, command_line, config);
  config.programs = collect_install_programs(root, config.lines);
  config.extensions = unread_extensions(root);
  note_uncaptured(uncaptured, config);
  return config;
}

}  // namespace kmodsec
