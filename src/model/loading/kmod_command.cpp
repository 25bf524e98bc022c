// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/loading/kmod_command.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "base/path.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 3> applets = {"insmod", "modprobe", "rmmod"};
/// Programs whose first argument is the name of what they do.
constexpr std::array<std::string_view, 3> boxes = {"kmod", "busybox", "toybox"};

struct LongOption {
  std::string_view name;
  char letter;  ///< That of the short one; a digit where there is none.
};

/// Of kmod: tools/modprobe.c, cmdopts.
constexpr std::array long_options = {
    LongOption{"all", 'a'},
    LongOption{"remove", 'r'},
    LongOption{"remove-dependencies", '7'},
    LongOption{"remove-holders", '5'},
    LongOption{"wait", 'w'},
    LongOption{"resolve-alias", '8'},
    LongOption{"show-alias", 'R'},
    LongOption{"first-time", '3'},
    LongOption{"ignore-install", 'i'},
    LongOption{"ignore-remove", 'i'},
    LongOption{"use-blacklist", 'b'},
    LongOption{"force", 'f'},
    LongOption{"force-modversion", '2'},
    LongOption{"force-vermagic", '1'},
    LongOption{"show-depends", 'D'},
    LongOption{"showconfig", '9'},
    LongOption{"show-config", 'c'},
    LongOption{"show-modversions", '4'},
    LongOption{"dump-modversions", '0'},
    LongOption{"show-exports", '6'},
    LongOption{"dry-run", 'n'},
    LongOption{"show", 'o'},
    LongOption{"config", 'C'},
    LongOption{"dirname", 'd'},
    LongOption{"set-version", 'S'},
    LongOption{"syslog", 's'},
    LongOption{"quiet", 'q'},
    LongOption{"verbose", 'v'},
    LongOption{"version", 'V'},
    LongOption{"help", 'h'},
};

constexpr std::string_view short_options = "arwRibfDcnCdSsqvVh";
constexpr std::string_view with_value = "wCdS";
constexpr std::string_view removing = "r75";
constexpr std::string_view only_asking = "Rc8940D6noVh";

bool has(std::string_view letters, char letter) {
  return letters.find(letter) != std::string_view::npos;
}

/// As getopt_long(3) tells it: what several options begin with is none of them, unless all of them
/// mean the same.
std::optional<char> letter_of(std::string_view name) {
  std::optional<char> letter;
  for (const LongOption& option : long_options) {
    if (option.name == name) return option.letter;
  }
  for (const LongOption& option : long_options) {
    if (!option.name.starts_with(name)) continue;
    if (letter && *letter != option.letter) return std::nullopt;
    letter = option.letter;
  }
  return letter;
}

class ModprobeArguments {
 public:
  ModprobeArguments(const std::vector<std::string>& words, std::size_t first)
      : words_(words), next_(first) {
    command_.applet = "modprobe";
    command_.inserts = true;
  }

  KmodCommand take() {
    while (next_ < words_.size()) take_next();
    if (!takes_all_) part_parameters();
    if (command_.targets.empty()) command_.inserts = false;
    return std::move(command_);
  }

 private:
  void part_parameters() {
    if (command_.targets.size() < 2) return;
    command_.parameters.assign(std::make_move_iterator(command_.targets.begin() + 1),
                               std::make_move_iterator(command_.targets.end()));
    command_.targets.resize(1);
  }

  void take_next() {
    const std::string& word = words_[next_++];
    if (only_targets_ || word.size() < 2 || word.front() != '-') {
      command_.targets.push_back(word);
    } else if (word == "--") {
      only_targets_ = true;
    } else if (word.starts_with("--")) {
      take_long(std::string_view(word).substr(2));
    } else {
      take_short(std::string_view(word).substr(1));
    }
  }

  void take_long(std::string_view option) {
    const std::size_t equals = option.find('=');
    const auto letter = letter_of(option.substr(0, equals));
    const bool has_value = equals != std::string_view::npos;
    if (!letter || (has_value && !has(with_value, *letter))) {
      command_.inserts = false;
    } else if (has_value) {
      apply(*letter, std::string(option.substr(equals + 1)));
    } else {
      apply(*letter, has(with_value, *letter) ? next_word() : std::string());
    }
  }

  void take_short(std::string_view letters) {
    while (!letters.empty()) {
      const char letter = letters.front();
      letters.remove_prefix(1);
      if (!has(short_options, letter)) {
        command_.inserts = false;
      } else if (has(with_value, letter)) {
        apply(letter, letters.empty() ? next_word() : std::string(letters));
        return;
      } else {
        apply(letter, {});
      }
    }
  }

  std::string next_word() {
    if (next_ < words_.size()) return words_[next_++];
    command_.inserts = false;
    return {};
  }

  void apply(char letter, std::string value) {
    if (letter == 'a' || has(removing, letter)) takes_all_ = true;
    if (has(removing, letter) || has(only_asking, letter)) command_.inserts = false;
    if (letter == 'i') command_.ignores_install = true;
    if (letter == 'b') command_.uses_blacklist = true;
    if (letter == 'C') command_.configuration.push_back(std::move(value));
  }

  const std::vector<std::string>& words_;
  std::size_t next_;
  KmodCommand command_;
  bool only_targets_ = false;
  bool takes_all_ = false;
};

/// No option of insmod and rmmod takes a value.
KmodCommand take_others(std::string_view applet, const std::vector<std::string>& words,
                        std::size_t first) {
  KmodCommand command;
  command.applet = applet;
  bool only_targets = false;
  for (std::size_t i = first; i < words.size(); ++i) {
    const bool is_option = !only_targets && words[i].starts_with("-");
    if (!is_option) command.targets.push_back(words[i]);
    if (words[i] == "--") only_targets = true;
  }
  const bool is_insmod = applet == "insmod";
  if (is_insmod && command.targets.size() > 1) command.targets.resize(1);
  command.inserts = is_insmod && !command.targets.empty();
  return command;
}

std::size_t place_of_applet(const std::vector<std::string>& arguments) {
  if (arguments.size() < 2) return 0;
  const std::string_view name = file_name(arguments.front());
  return std::ranges::find(boxes, name) != boxes.end() ? 1 : 0;
}

}  // namespace

KmodCommand parse_kmod_command(const std::vector<std::string>& arguments) {
  const std::size_t place = place_of_applet(arguments);
  if (place >= arguments.size()) return {};
  const std::string_view applet = file_name(arguments[place]);
  if (std::ranges::find(applets, applet) == applets.end()) return {};
  if (applet == "modprobe") return ModprobeArguments(arguments, place + 1).take();
  return take_others(applet, arguments, place + 1);
}

std::vector<std::string> modprobe_options_in(std::string_view value) {
  std::vector<std::string> options;
  std::string word;
  char quote = '\0';
  for (const char letter : value) {
    if (quote != '\0' && letter == quote) {
      quote = '\0';
    } else if (quote == '\0' && (letter == '"' || letter == '\'')) {
      quote = letter;
    } else if (quote == '\0' && letter == ' ') {
      if (!word.empty()) options.push_back(std::exchange(word, {}));
    } else {
      word += letter;
    }
  }
  if (!word.empty()) options.push_back(std::move(word));
  return options;
}

bool passes_over_denies(const std::vector<std::string>& options) {
  std::vector<std::string> arguments = {"modprobe"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const KmodCommand command = parse_kmod_command(arguments);
  return command.ignores_install || !command.configuration.empty();
}

bool is_kernel_helper(const std::vector<std::string>& arguments) {
  return arguments.size() == 4 && file_name(arguments[0]) == "modprobe" && arguments[1] == "-q" &&
         arguments[2] == "--";
}

}  // namespace kmodsec
