// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/kernel_load_parameters.hpp"

#include "base/text.hpp"
#include "format/kernel/kernel_command_line.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

std::vector<std::string> names_in(std::string_view list) {
  std::vector<std::string> names;
  for (const std::string_view name : split(list, ',')) {
    if (!name.empty()) names.push_back(utf8_text(name));
  }
  return names;
}

class Reader {
 public:
  explicit Reader(const std::string& source) : source_(source) {}

  void read(const KernelParameter& parameter) {
    const std::string& key = parameter.key;
    if (key == "modprobe.blacklist") {
      for (const std::string& name : names_in(parameter.value))
        add_line(Directive::blacklist, normalized_module_name(name), {}, parameter);
    } else if (key == "modules_load" || key == "rd.modules_load") {
      for (const std::string& name : names_in(parameter.value))
        config_.at_boot.push_back({name, source_, 1});
    } else if (key == "module_blacklist") {
      config_.kernel.module_blacklist = names_in(parameter.value);
    } else if (key == "initcall_blacklist") {
      for (std::string& name : names_in(parameter.value))
        config_.kernel.initcall_blacklist.push_back(std::move(name));
    } else if (key == "nomodule") {
      config_.kernel.nomodule = true;
    } else {
      read_option(parameter);
    }
  }

  LoadConfig take() { return std::move(config_); }

 private:
  void read_option(const KernelParameter& parameter) {
    const std::size_t dot = parameter.key.find('.');
    if (dot == std::string::npos || dot == 0 || parameter.key.starts_with("modprobe.")) return;
    add_line(Directive::options, normalized_module_name(parameter.key.substr(0, dot)),
             parameter.key.substr(dot + 1) + "=" + parameter.value, parameter);
  }

  void add_line(Directive directive, std::string name, std::string argument,
                const KernelParameter& parameter) {
    config_.lines.push_back({.directive = directive,
                             .name = std::move(name),
                             .argument = std::move(argument),
                             .text = parameter.key + "=" + parameter.value,
                             .source = source_,
                             .line = 1});
  }

  const std::string& source_;
  LoadConfig config_;
};

}  // namespace

LoadConfig parse_kernel_load_parameters(std::string_view command_line, const std::string& source) {
  Reader reader(source);
  for (const KernelParameter& parameter : parse_kernel_command_line(command_line))
    reader.read(parameter);
  return reader.take();
}

}  // namespace kmodsec
