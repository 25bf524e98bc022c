// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/unit_environment.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/host/configuration_files.hpp"
#include "collect/host/folders.hpp"
#include "collect/limits.hpp"
#include "format/kernel/kernel_command_line.hpp"

namespace kmodsec {
namespace {

void take_defaults(const Root& root, const std::string& path, std::string& options) {
  const auto text = root.read(path, configuration_limit);
  if (!text) return;
  for (const UnitSetting& one : parse_unit_file(*text)) {
    if (one.effect != UnitEffect::sets_for_all) continue;
    if (one.value.empty()) options.clear();
    if (auto assigned = modprobe_options_of_setting(one.value)) options = std::move(*assigned);
  }
}

}  // namespace

void UnitEnvironment::take(const UnitSetting& said, std::string_view instance) {
  const std::string value = with_instance(said.value, instance);
  if (said.effect == UnitEffect::sets) {
    if (value.empty()) of_unit_.reset();
    if (auto assigned = modprobe_options_of_setting(value)) of_unit_ = std::move(assigned);
  } else if (said.effect == UnitEffect::unsets) {
    if (value.empty()) unset_.clear();
    unset_.push_back(value);
  } else if (said.effect == UnitEffect::reads) {
    if (value.empty()) {
      of_files_.reset();
      unread_.clear();
    } else {
      read(value);
    }
  }
}

void UnitEnvironment::read(std::string path) {
  constexpr std::size_t most_unread = 16;
  if (path.starts_with('-')) path.erase(0, 1);
  EnvironmentFiles::Found found = files_.options_of(path);
  if (found.options) of_files_ = std::move(found.options);
  if (!found.unread.empty() && unread_.size() < most_unread)
    unread_.push_back(fmt::format("{}: {}", utf8_text(path), found.unread));
}

EnvironmentFiles::Found EnvironmentFiles::options_of(const std::string& path) {
  constexpr std::size_t most_files = 1024;
  if (path.find_first_of("*?[%$") != std::string::npos)
    return {.options = {}, .unread = "its name is a pattern, which is not looked up"};
  const auto known = known_.find(path);
  if (known != known_.end()) return known->second;
  if (known_.size() >= most_files)
    return {.options = {}, .unread = "too many files are named with EnvironmentFile="};
  return known_.emplace(path, look_into(path)).first->second;
}

EnvironmentFiles::Found EnvironmentFiles::look_into(const std::string& path) const {
  constexpr std::size_t longest_options = 4096;
  const auto text = root_.read(path, configuration_limit);
  if (!text)
    return {.options = {},
            .unread = is_absent(root_, path, text.error()) ? "" : text.error().reason};
  auto options = modprobe_options_of_file(*text);
  if (options && options->size() > longest_options)
    options = join(bounded_modprobe_options(*options), " ");
  return {.options = std::move(options), .unread = {}};
}

std::vector<std::string> UnitEnvironment::modprobe_options() const {
  const std::string& value = of_files_ ? *of_files_ : of_unit_ ? *of_unit_ : of_manager_;
  const bool is_unset = std::ranges::any_of(
      unset_, [&](const std::string& names) { return unsets_modprobe_options(names, value); });
  return is_unset ? std::vector<std::string>{} : bounded_modprobe_options(value);
}

std::string modprobe_options_of_manager(const Root& root, std::string_view command_line) {
  std::string options;
  for (const std::string_view path : system_manager_files) {
    if (!root.link_status(path)) continue;
    take_defaults(root, std::string(path), options);
    break;
  }
  if (const auto files = configuration_files(root, system_manager_folders)) {
    for (const auto& [name, path] : files->read) take_defaults(root, path, options);
  }
  for (const KernelParameter& parameter : parse_kernel_command_line(command_line)) {
    if (!is_kernel_parameter(parameter.key, "systemd.setenv")) continue;
    if (auto assigned = modprobe_options_of_setting(fmt::format("'{}'", parameter.value)))
      options = std::move(*assigned);
  }
  return options;
}

}  // namespace kmodsec
