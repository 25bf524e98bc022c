// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/unread_files.hpp"

#include <string>
#include <utility>

#include "base/text.hpp"
#include "collect/host/configuration_files.hpp"
#include "collect/host/folders.hpp"
#include "collect/limits.hpp"
#include "collect/paths.hpp"
#include "format/loading/modprobe_conf.hpp"

namespace kmodsec {
namespace {

void add(const Root& root, const std::string& path, std::string reason, LoadConfig& config) {
  const auto text = root.read(path, configuration_limit);
  if (!text && !has_no_lines(root, path, text.error()))
    config.unseen.push_back(unread_because(path, text.error()));
  if (!text) return;
  std::vector<ConfigLine> lines = parse_modprobe_conf(*text, utf8_text(path)).lines;
  if (lines.empty()) return;
  config.unread.push_back(
      {.path = utf8_text(path), .lines = std::move(lines), .reason = std::move(reason)});
}

void add_folder(const Root& root, const std::string& folder, int depth, LoadConfig& config) {
  constexpr int deepest = 4;
  const auto entries = root.list(folder);
  if (!entries || depth > deepest) {
    config.unseen.push_back({utf8_text(folder), entries ? "folders in it were not looked into"
                                                        : entries.error().reason});
    return;
  }
  for (const Entry& entry : *entries) {
    const std::string path = folder + "/" + entry.name;
    if (entry.type == FileType::directory) add_folder(root, path, depth + 1, config);
    if (entry.type == FileType::regular)
      add(root, path, "modprobe does not look into folders inside of modprobe.d", config);
  }
}

}  // namespace

void add_files_out_of_place(const Root& root, LoadConfig& config) {
  for (const std::string_view folder : folders_once(root, modprobe_folders)) {
    for (const Entry& entry : root.list(folder).value_or(std::vector<Entry>{})) {
      if (entry.type == FileType::directory)
        add_folder(root, std::string(folder) + "/" + entry.name, 1, config);
    }
  }
  add(root, "/etc/modprobe.conf", "modprobe of kmod reads modprobe.d only", config);
}

}  // namespace kmodsec
