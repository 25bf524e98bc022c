// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/loading/release_name.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 12> endings = {
    "",         ".img",         ".efi",     ".gz",           ".xz",         ".zst",
    ".img.zst", "-bzImage.efi", "-bzImage", "-fallback.img", "-initrd.efi", "-initrd"};

constexpr std::array<std::string_view, 10> no_images = {
    ".bak", ".old", ".old-dkms", "~", ".conf", ".txt", ".sig", ".sha512", ".dtb", ".efi.signed"};

bool runs_on(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
}

}  // namespace

std::optional<std::string> release_borne_by(std::string_view file_name, const Releases& releases) {
  for (const std::string_view ending : endings) {
    if (!file_name.ends_with(ending)) continue;
    const std::string_view stem = file_name.substr(0, file_name.size() - ending.size());
    for (std::size_t at = 0; at < stem.size(); ++at) {
      if (at > 0 && runs_on(stem[at - 1])) continue;
      const auto found = releases.find(stem.substr(at));
      if (found != releases.end()) return *found;
    }
  }
  return std::nullopt;
}

std::string without_tries(std::string_view file_name) {
  constexpr std::string_view ending = ".efi";
  const std::size_t plus = file_name.rfind('+');
  if (plus == std::string_view::npos || !file_name.ends_with(ending)) return std::string(file_name);
  const std::string_view tries =
      file_name.substr(plus + 1, file_name.size() - plus - 1 - ending.size());
  const bool counts = tries.find_first_not_of("0123456789-") == std::string_view::npos;
  return counts ? std::string(file_name.substr(0, plus)) + std::string(ending)
                : std::string(file_name);
}

bool bears_some_release(std::string_view file_name) {
  int parts = 0;
  for (std::size_t i = 0; i < file_name.size(); ++i) {
    if (is_digit(file_name[i])) {
      if (i == 0 || !is_digit(file_name[i - 1])) ++parts;
      if (parts == 3) return true;
    } else if (file_name[i] != '.' || i == 0 || !is_digit(file_name[i - 1])) {
      parts = 0;
    }
  }
  return false;
}

bool is_initramfs_name(std::string_view file_name) {
  const std::string name = in_lower_case(file_name);
  const auto has = [&](std::string_view word) { return name.contains(word); };
  if (has("kdump") || has("-0-rescue-")) return false;
  if (std::ranges::any_of(no_images, [&](std::string_view end) { return name.ends_with(end); }))
    return false;
  return has("initrd") || has("initramfs") || has("ramdisk") || name.starts_with("booster");
}

}  // namespace kmodsec
