// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/kernel_load_parameters.hpp"

#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "format/kernel/kernel_command_line.hpp"
#include "format/loading/modprobe_parameters.hpp"
#include "format/loading/systemd_parameters.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view module_blacklist = "module_blacklist";

/// Of a string parameter, in bytes.
constexpr std::size_t longest_value = 1024;

/// Those that were meant to deny, and why they do not, where the kernel has started.
struct OtherDeny {
  std::string_view key;
  std::string_view reason;
};

constexpr std::string_view no_such_parameter =
    "nothing reads a parameter of this name: use modprobe.blacklist= or module_blacklist= to deny";
constexpr std::string_view in_initramfs_of_dracut =
    "only an initramfs of dracut reads it, and it holds there: add modprobe.blacklist=";

constexpr std::array other_denies = {
    OtherDeny{"blacklist",
              "only an initramfs of initramfs-tools or mkinitfs reads it, and it holds there: add "
              "modprobe.blacklist="},
    OtherDeny{"rd.driver.blacklist", in_initramfs_of_dracut},
    OtherDeny{"rdblacklist", in_initramfs_of_dracut},
    OtherDeny{"modprobe_blacklist", no_such_parameter},
    OtherDeny{"module.blacklist", no_such_parameter},
    OtherDeny{"modules_blacklist", no_such_parameter},
    OtherDeny{"rd.modprobe.blacklist", no_such_parameter}};

std::vector<std::string> names_in(std::string_view list) {
  std::vector<std::string> names;
  for (const std::string_view name : split(list, ',')) names.emplace_back(name);
  return names;
}

std::string text_of(const KernelParameter& parameter) {
  return parameter.has_value ? parameter.key + "=" + parameter.value : parameter.key;
}

/// (linux: lib/kstrtox.c, kstrtobool); nothing for what it refuses.
std::optional<bool> truth_of(const KernelParameter& parameter) {
  if (!parameter.has_value) return true;
  const std::string_view value = parameter.value;
  if (value.empty()) return std::nullopt;
  if (std::string_view("yYtT1").find(value[0]) != std::string_view::npos) return true;
  if (std::string_view("nNfF0").find(value[0]) != std::string_view::npos) return false;
  if (value.starts_with("on") || value.starts_with("On") || value.starts_with("ON")) return true;
  if (value.size() > 1 && (value[0] == 'o' || value[0] == 'O') &&
      (value[1] == 'f' || value[1] == 'F'))
    return false;
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(const std::string& source) : source_(source) {}

  void read(const KernelParameter& parameter) {
    for (const OtherDeny& other : other_denies) {
      if (parameter.key == other.key) add_idle(parameter, other.reason);
    }
    if (is_kernel_parameter(parameter.key, module_blacklist)) {
      read_blacklist(parameter);
    } else if (parameter.for_init) {
      return;
    } else if (is_kernel_parameter(parameter.key, "initcall_blacklist")) {
      for (std::string& name : names_in(parameter.value))
        config_.kernel.initcall_blacklist.push_back(std::move(name));
    } else if (is_kernel_parameter(parameter.key, "nomodule")) {
      config_.kernel.nomodule = truth_of(parameter).value_or(config_.kernel.nomodule);
    }
  }

  LoadConfig take() {
    if (!blacklist_) return std::move(config_);
    for (std::string& name : names_in(blacklist_->value)) {
      if (!is_module_name(name)) add_misspelt(name);
      config_.kernel.module_blacklist.push_back(std::move(name));
    }
    return std::move(config_);
  }

 private:
  void read_blacklist(const KernelParameter& parameter) {
    if (parameter.for_init)
      return add_idle(parameter, "the kernel reads no further than --: put it before that");
    if (!parameter.has_value) return;
    if (parameter.value.size() > longest_value)
      return add_idle(parameter, "the kernel refuses a list of more than 1024 bytes");
    if (blacklist_)
      add_idle(*blacklist_, "a later module_blacklist= takes its place: put all names into one");
    blacklist_ = parameter;
  }

  void add_misspelt(const std::string& name) {
    const std::string normalized = normalized_module_name(name);
    const std::string reason =
        is_module_name(normalized)
            ? fmt::format("the kernel compares this name as it is written: write {}", normalized)
            : "the kernel takes the name of one module here, as it is";
    config_.idle_denies.push_back({name, reason, text_of(*blacklist_), source_, 1});
  }

  void add_idle(const KernelParameter& parameter, std::string_view reason) {
    for (std::string& name : names_in(parameter.value))
      config_.idle_denies.push_back(
          {std::move(name), std::string(reason), text_of(parameter), source_, 1});
  }

  const std::string& source_;
  LoadConfig config_;
  std::optional<KernelParameter> blacklist_;  ///< The last that counts.
};

}  // namespace

LoadConfig parse_kernel_load_parameters(std::string_view command_line, const std::string& source) {
  Reader reader(source);
  for (const KernelParameter& parameter : parse_kernel_command_line(command_line))
    reader.read(parameter);
  LoadConfig config = reader.take();
  LoadConfig of_modprobe = parse_modprobe_parameters(command_line, source);
  config.lines = std::move(of_modprobe.lines);
  config.problems = std::move(of_modprobe.problems);
  config.idle_denies.insert(config.idle_denies.end(), of_modprobe.idle_denies.begin(),
                            of_modprobe.idle_denies.end());
  config.at_boot = parse_systemd_load_parameters(command_line, source, false);
  return config;
}

}  // namespace kmodsec
