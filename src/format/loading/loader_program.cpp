// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/loader_program.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view kmod_banner = "kmod version ";

std::uint32_t number_at(std::string_view text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  return parse_number<std::uint32_t>(text.substr(0, end)).value_or(0);
}

/// A constant of C, with the NULs that stand around it.
bool holds_text(std::string_view bytes, std::string_view text) {
  std::string whole(1, '\0');
  whole.append(text).push_back('\0');
  return bytes.contains(whole);
}

LoaderProgram busybox_of(std::string_view bytes) {
  LoaderProgram program;
  if (bytes.contains("/modprobe.d"))
    program.kind = LoaderKind::busybox;
  else if (bytes.contains("modules.dep.bb"))
    program.kind = LoaderKind::busybox_small;
  else
    program.kind = holds_text(bytes, "modprobe") ? LoaderKind::other : LoaderKind::missing;
  program.knows_blacklist = holds_text(bytes, "blacklist");
  return program;
}

/// The last path in a text that ends as modprobe's does.
std::string modprobe_named_in(std::string_view script) {
  constexpr std::string_view ending = "bin/modprobe";
  const std::size_t at = script.rfind(ending);
  if (at == std::string_view::npos) return {};
  const std::size_t before = script.find_last_of(" \t\n\"'(", at);
  const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
  return utf8_text(script.substr(start, at + ending.size() - start));
}

}  // namespace

LoaderProgram read_loader_program(std::string_view bytes) {
  if (bytes.starts_with("#!")) return {.wraps = modprobe_named_in(bytes)};
  if (!bytes.starts_with("\177ELF")) return {};
  const std::size_t banner = bytes.find(kmod_banner);
  if (banner != std::string_view::npos)
    return {.kind = LoaderKind::kmod,
            .version = number_at(bytes.substr(banner + kmod_banner.size()))};
  if (bytes.contains("BusyBox v")) return busybox_of(bytes);
  if (bytes.contains("libkmod.so.")) return {.kind = LoaderKind::kmod};
  return {};
}

std::uint32_t kmod_of_library(std::string_view file_name) {
  constexpr std::array<std::pair<std::string_view, std::uint32_t>, 17> releases = {{{"2.2.8", 18},
                                                                                    {"2.2.9", 19},
                                                                                    {"2.2.10", 20},
                                                                                    {"2.2.11", 21},
                                                                                    {"2.3.0", 22},
                                                                                    {"2.3.1", 23},
                                                                                    {"2.3.2", 24},
                                                                                    {"2.3.3", 25},
                                                                                    {"2.3.4", 26},
                                                                                    {"2.3.5", 27},
                                                                                    {"2.3.6", 28},
                                                                                    {"2.3.7", 29},
                                                                                    {"2.4.0", 30},
                                                                                    {"2.4.1", 31},
                                                                                    {"2.4.2", 32},
                                                                                    {"2.5.0", 33},
                                                                                    {"2.5.1", 34}}};
  constexpr std::string_view start = "libkmod.so.";
  if (!file_name.starts_with(start)) return 0;
  const auto found = std::ranges::find(releases, file_name.substr(start.size()),
                                       &std::pair<std::string_view, std::uint32_t>::first);
  return found == releases.end() ? 0 : found->second;
}

}  // namespace kmodsec
