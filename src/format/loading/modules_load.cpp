// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/modules_load.hpp"

#include "base/text.hpp"

namespace kmodsec {

LoadConfig parse_modules_load(std::string_view text, const std::string& source) {
  LoadConfig config;
  for_each_line(text, [&](std::string_view raw, std::size_t number) {
    const std::string_view line = trim(raw);
    if (line.empty() || line.starts_with('#') || line.starts_with(';')) return;
    if (line.find_first_of(" \t") != std::string_view::npos) {
      config.problems.push_back({source, number, "not the name of a module", utf8_text(line)});
    } else {
      config.at_boot.push_back({utf8_text(line), source, number});
    }
  });
  return config;
}

LoadConfig parse_module_lines(std::string_view text, const std::string& source) {
  LoadConfig config;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    const auto words = split_words(trim(line));
    if (words.empty() || words[0].starts_with('#') || words[0].starts_with(';')) return;
    config.at_boot.push_back({utf8_text(words[0]), source, number});
  });
  return config;
}

LoadConfig parse_openrc_modules(std::string_view text, const std::string& source) {
  LoadConfig config;
  char quote = 0;
  bool counts = false;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    line = trim(line);
    if (quote == 0) {
      const std::size_t equals = line.find('=');
      const std::string_view name = line.substr(0, equals);
      if (line.starts_with('#') || equals == std::string_view::npos) return;
      counts = name == "modules" || name == "modules+" || name.starts_with("modules_");
      line.remove_prefix(equals + 1);
    }
    std::string words;
    for (const char letter : line) {
      const bool opens = quote == 0 && (letter == '"' || letter == '\'');
      if (quote == 0 && letter == '#') break;
      if (opens || letter == quote) {
        quote = opens ? letter : '\0';
      } else {
        words += letter;
      }
    }
    for (const std::string_view name : split_words(words)) {
      if (counts && name.find_first_of("${}\\") == std::string_view::npos)
        config.at_boot.push_back({utf8_text(name.substr(0, name.find(':'))), source, number});
    }
  });
  return config;
}

LoadConfig parse_script_load_parameters(std::string_view text, const std::string& source) {
  LoadConfig config;
  std::string_view list;
  for (const std::string_view word :
       split(text.substr(0, text.find_first_of(std::string_view("\n\0", 2))), ' ')) {
    for (const std::string_view key : {"modules_load=", "modules-load="})
      if (word.starts_with(key)) list = word.substr(key.size());
  }
  for (const std::string_view name : split(list, ','))
    config.at_boot.push_back({utf8_text(name), source, 1});
  return config;
}

}  // namespace kmodsec
