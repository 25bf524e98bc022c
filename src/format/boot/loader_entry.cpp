// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/boot/loader_entry.hpp"

#include <string>

#include "base/text.hpp"

namespace kmodsec {
namespace {

void add_image_paths(std::string_view value, std::vector<std::string>& paths) {
  for (const std::string_view path : split_words(value)) paths.emplace_back(path);
}

void add_options(std::string_view value, std::optional<std::string>& options) {
  if (!options)
    options = std::string(value);
  else
    *options += " " + std::string(value);
}

}  // namespace

BootEntry parse_loader_entry(std::string_view text) {
  BootEntry entry;
  for_each_line(text, [&](std::string_view raw, std::size_t number) {
    const std::string_view line = trim(raw);
    if (line.empty() || line.starts_with('#')) return;
    const std::size_t end = line.find_first_of(" \t");
    const std::string_view key = line.substr(0, end);
    const std::string_view value =
        end == std::string_view::npos ? std::string_view() : trim(line.substr(end));
    if (key == "options") {
      add_options(value, entry.options);
      entry.line = number;
    }
    if (key == "linux") entry.kernel = value;
    if (key == "version") entry.version = value;
    if (key == "initrd") add_image_paths(value, entry.initrds);
    if (key == "efi" || key == "uki") entry.unified.emplace_back(value);
    if (key == "extra") {
      add_image_paths(value, entry.addons);
      entry.unclear = "its add-ons (extra) were not read";
    }
    if (entry.line == 0) entry.line = number;
  });
  return entry;
}

}  // namespace kmodsec
