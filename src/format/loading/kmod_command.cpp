// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/kmod_command.hpp"

#include <algorithm>
#include <array>

#include "base/path.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 3> applets = {"insmod", "modprobe", "rmmod"};
/// Options whose value is the next argument (kmod: tools/modprobe.c, cmdopts_s).
constexpr std::array<std::string_view, 8> with_value = {"-C", "--config",      "-d", "--dirname",
                                                        "-S", "--set-version", "-w", "--wait"};

bool is_applet(std::string_view name) { return std::ranges::find(applets, name) != applets.end(); }

bool takes_all(const std::vector<std::string>& options) {
  return std::ranges::any_of(options, [](std::string_view option) {
    return option == "--all" || option == "--remove" ||
           (option.size() > 1 && option[1] != '-' &&
            option.find_first_of("ar") != std::string_view::npos);
  });
}

/// The first argument of kmod is the name of what it does.
std::size_t place_of_applet(const std::vector<std::string>& arguments) {
  const bool by_kmod = arguments.size() > 1 && file_name(arguments.front()) == "kmod";
  return by_kmod ? 1 : 0;
}

}  // namespace

KmodCommand parse_kmod_command(const std::vector<std::string>& arguments) {
  const std::size_t place = place_of_applet(arguments);
  if (place >= arguments.size() || !is_applet(file_name(arguments[place]))) return {};
  KmodCommand command{std::string(file_name(arguments[place])), {}};
  std::vector<std::string> options;
  bool only_targets = false;
  for (std::size_t i = place + 1; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (!only_targets && word == "--") {
      only_targets = true;
    } else if (!only_targets && word.starts_with("-")) {
      options.push_back(word);
      if (std::ranges::find(with_value, word) != with_value.end()) ++i;
    } else {
      command.targets.push_back(word);
    }
  }
  const bool has_many = command.applet == "rmmod" || takes_all(options);
  if (!has_many && command.targets.size() > 1) command.targets.resize(1);
  return command;
}

bool is_kernel_helper(const std::vector<std::string>& arguments) {
  return arguments.size() == 4 && file_name(arguments[0]) == "modprobe" && arguments[1] == "-q" &&
         arguments[2] == "--";
}

}  // namespace kmodsec
