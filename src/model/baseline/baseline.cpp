// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/baseline/baseline.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kmodsec {
namespace {

constexpr std::array<std::pair<BaselineKind, std::string_view>, 8> words = {{
    {BaselineKind::module, "module"},
    {BaselineKind::index, "index"},
    {BaselineKind::configuration, "configuration"},
    {BaselineKind::kernel_image, "kernel image"},
    {BaselineKind::initramfs, "initramfs"},
    {BaselineKind::image_module, "module in initramfs"},
    {BaselineKind::image_configuration, "configuration in initramfs"},
    {BaselineKind::folder, "folder"},
}};

}  // namespace

std::string_view to_string(BaselineKind kind) {
  return std::ranges::find(words, kind, &std::pair<BaselineKind, std::string_view>::first)->second;
}

std::optional<BaselineKind> parse_baseline_kind(std::string_view word) {
  const auto found =
      std::ranges::find(words, word, &std::pair<BaselineKind, std::string_view>::second);
  return found == words.end() ? std::nullopt : std::optional(found->first);
}

std::size_t count_folders(const std::vector<BaselineEntry>& entries) {
  return static_cast<std::size_t>(std::ranges::count_if(entries, is_folder));
}

bool is_of_another_host(const BaselineStatus& baseline, const HostIdentity& host) {
  return !baseline.machine.empty() && host.machine_id && *host.machine_id != baseline.machine;
}

bool is_in_image(BaselineKind kind) {
  return kind == BaselineKind::image_module || kind == BaselineKind::image_configuration;
}

}  // namespace kmodsec
