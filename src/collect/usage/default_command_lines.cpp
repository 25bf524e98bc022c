// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/default_command_lines.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/limits.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 2> whole_files = {"/etc/kernel/cmdline",
                                                         "/usr/lib/kernel/cmdline"};
constexpr std::string_view grub_file = "/etc/default/grub";
constexpr std::string_view grub_variable = "GRUB_CMDLINE_LINUX";

using Parse = std::vector<BootCommandLine> (*)(std::string_view text, const std::string& source);

std::vector<BootCommandLine> each_line(std::string_view text, const std::string& source) {
  std::vector<BootCommandLine> lines;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    line = trim(line);
    if (!line.empty() && !line.starts_with('#')) lines.push_back({utf8_text(line), source, number});
  });
  return lines;
}

/// VARIABLE="…": a shell reads these files, and what it would expand stays as it is.
std::vector<BootCommandLine> grub_variables(std::string_view text, const std::string& source) {
  std::vector<BootCommandLine> lines;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    line = trim(line);
    const std::size_t equals = line.find('=');
    if (!line.starts_with(grub_variable) || equals == std::string_view::npos) return;
    std::string_view value = trim(line.substr(equals + 1));
    const bool is_quoted = value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
                           value.back() == value.front();
    if (is_quoted) value = value.substr(1, value.size() - 2);
    lines.push_back({utf8_text(value), source, number});
  });
  return lines;
}

class Reader {
 public:
  explicit Reader(const Root& root) : root_(root) {}

  void add_file(const std::string& path, Parse parse) {
    const auto text = root_.read(path, configuration_limit);
    if (!text) return note(path, text.error());
    std::ranges::move(parse(*text, utf8_text(path)), std::back_inserter(found_.lines));
  }

  void add_folder(const std::string& folder, std::string_view end, Parse parse) {
    const auto entries = root_.list(folder);
    if (!entries) return note(folder, entries.error());
    for (const Entry& entry : *entries) {
      if (entry.name.ends_with(end)) add_file(folder + "/" + entry.name, parse);
    }
  }

  DefaultCommandLines take() { return std::move(found_); }

 private:
  void note(const std::string& path, const Error& error) {
    if (error.kind != ErrorKind::not_found)
      found_.unseen.push_back({utf8_text(path), error.reason});
  }

  const Root& root_;
  DefaultCommandLines found_;
};

}  // namespace

DefaultCommandLines collect_default_command_lines(const Root& root) {
  Reader reader(root);
  for (const std::string_view path : whole_files) reader.add_file(std::string(path), each_line);
  reader.add_folder("/etc/cmdline.d", ".conf", each_line);
  reader.add_file(std::string(grub_file), grub_variables);
  reader.add_folder("/etc/default/grub.d", ".cfg", grub_variables);
  return reader.take();
}

}  // namespace kmodsec
