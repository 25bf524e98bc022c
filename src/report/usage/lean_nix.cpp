// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "base/text.hpp"
#include "report/usage/lean_export_report.hpp"

namespace kmodsec {
namespace {

/// NixOS has no /bin/false.
constexpr std::string_view commands = "/bin/";
constexpr std::string_view commands_in_nix = "${pkgs.coreutils}/bin/";

/// In an indented string two apostrophes end it, and three stand for two of them.
std::string escaped(std::string_view line) {
  std::string text;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool are_two = line.substr(at, 2) == "''";
    text += are_two ? "'''" : std::string(1, line[at]);
    if (are_two) ++at;
  }
  return text;
}

std::string in_nix(std::string_view line) {
  std::string text = escaped(line);
  const std::size_t at = line.starts_with("install ") ? text.find(commands) : std::string::npos;
  if (at != std::string::npos) text.replace(at, commands.size(), commands_in_nix);
  return text;
}

std::string_view below_etc(std::string_view path) { return path.substr(path.find('/', 1) + 1); }

}  // namespace

std::string print_lean_nix(const LeanExport& lean) {
  std::string text = fmt::format("{{ pkgs, ... }}:\n{{\n  environment.etc.\"{}\".text = ''\n",
                                 below_etc(lean.path));
  for_each_line(print_lean_modprobe(lean), [&](std::string_view line, std::size_t) {
    text += fmt::format("    {}\n", in_nix(line));
  });
  return text + "  '';\n}\n";
}

}  // namespace kmodsec
