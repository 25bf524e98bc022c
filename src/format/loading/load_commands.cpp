// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/load_commands.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "base/path.hpp"
#include "base/text.hpp"
#include "model/host/module_name.hpp"
#include "model/loading/kmod_command.hpp"

namespace kmodsec {
namespace {

using Words = std::vector<std::string>;
using Place = Words::const_iterator;

constexpr std::string_view variable = "MODPROBE_OPTIONS";
constexpr std::string_view assignment = "MODPROBE_OPTIONS=";

/// They come before a command and are none of its words.
constexpr std::array<std::string_view, 9> keywords = {"if", "then",  "else", "elif", "do",
                                                      "{",  "while", "!",    "until"};

/// Programs that only speak of modprobe, look for it or copy it.
constexpr std::array<std::string_view, 21> bystanders = {
    "echo", "printf", "logger",    "which", "type", "test",  "[",   "[[",  "grep", "cp",   "ln",
    "mv",   "rm",     "copy_exec", "ls",    "stat", "chmod", "for", "cat", "case", "chown"};

constexpr std::array<std::string_view, 4> exporters = {"export", "declare", "typeset", "readonly"};

template <std::size_t count>
bool is_one_of(const std::array<std::string_view, count>& names, std::string_view word) {
  return std::ranges::find(names, word) != names.end();
}

/// The program of a word that systemd knows: without what comes before a path (systemd.service(5)).
std::string_view program_of(std::string_view word) {
  word.remove_prefix(std::min(word.find_first_not_of("-@:+!|"), word.size()));
  return file_name(word);
}

bool is_loader(std::string_view program) { return program == "modprobe" || program == "insmod"; }

/// With `@` the second word is what the program sees as its own name.
bool renames(const std::string& word) { return word.substr(0, word.find('/')).contains('@'); }

bool is_name(std::string_view word) {
  return !word.empty() && std::ranges::none_of(word, [](char letter) {
    const bool is_control = static_cast<unsigned char>(letter) <= ' ' || letter == '\x7f';
    return is_control || std::string_view("\"'$%<>=[]{}()#!").contains(letter);
  });
}

/// A path ends in the name of a file, whatever folder a variable names.
std::string module_of(std::string_view target, bool is_file) {
  const bool is_path = is_file || target.starts_with('/') || target.starts_with("./");
  if (is_path) return is_name(file_name(target)) ? module_name_of_path(target) : std::string();
  return is_name(target) ? std::string(target) : std::string();
}

std::string path_of_configuration(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return utf8_text(path.starts_with('/') ? std::string(path) : "/" + std::string(path));
}

/// Of a text whose quotes are gone: an option, and the value that belongs to it.
void append_options(Place& word, Place end, Words& options) {
  constexpr std::array<std::string_view, 8> with_next = {"-C", "--config",      "-d", "--dirname",
                                                         "-S", "--set-version", "-w", "--wait"};
  while (word != end && word->starts_with('-')) {
    const bool has_value = is_one_of(with_next, *word);
    options.push_back(*word++);
    if (has_value && word != end) options.push_back(*word++);
  }
}

/// What so many of them come to, so that each command can be given them all.
Words bounded(Words options) {
  constexpr std::size_t most_bytes = 512;
  std::size_t bytes = 0;
  for (const std::string& option : options) bytes += option.size() + 1;
  if (bytes <= most_bytes) return options;
  options.insert(options.begin(), "modprobe");
  options.emplace_back("any");
  const KmodCommand command = parse_kmod_command(options);
  Words few;
  if (!command.inserts) few.emplace_back("--dry-run");
  if (command.ignores_install) few.emplace_back("--ignore-install");
  if (command.uses_blacklist) few.emplace_back("--use-blacklist");
  if (!command.configuration.empty()) few.emplace_back("--config=/dev/null");
  return few;
}

class CommandTaker {
  static constexpr std::size_t most_requests = 4096;

 public:
  CommandTaker(Words options, const std::string& source)
      : options_(bounded(std::move(options))), source_(source) {}

  void take(const ShellCommand& command) {
    const Place end = command.words.end();
    Place word = std::find_if_not(command.words.begin(), end, [](const std::string& each) {
      return is_one_of(keywords, each);
    });
    if (word == end || is_bystander(word, end)) return;
    Assignments assigned;
    word = take_assignments(word, end, assigned);
    if (word == end) return keep(std::move(assigned));
    Words options = options_;
    std::ranges::move(assigned.options, std::back_inserter(options));
    const KmodCommand own = parse_kmod_command(arguments_from(word, end, {}));
    run(arguments_from(word, end, options), command.line,
        own.ignores_install || !own.configuration.empty());
  }

  LoadCommands finish() { return std::move(result_); }

 private:
  static bool is_bystander(Place word, Place end) {
    if (is_one_of(bystanders, file_name(*word))) return true;
    return *word == "command" && std::next(word) != end && std::next(word)->starts_with('-');
  }

  /// What comes before the program, or the whole of a command without one.
  struct Assignments {
    Words options;
    bool is_exported = false;
    bool is_all = true;  ///< No other program gets them.
  };

  /// For the commands that come.
  void keep(Assignments assigned) {
    if (assigned.options.empty() || !(assigned.is_exported || assigned.is_all)) return;
    std::ranges::move(assigned.options, std::back_inserter(options_));
    options_ = bounded(std::move(options_));
  }

  /// Goes to the program.
  static Place take_assignments(Place word, Place end, Assignments& assigned) {
    while (word != end && !is_loader(program_of(*word))) {
      const std::string_view text = *word++;
      if (is_one_of(exporters, text)) assigned.is_exported = true;
      if (!text.starts_with(assignment)) {
        assigned.is_all = assigned.is_all && text.contains('=');
        continue;
      }
      std::ranges::move(modprobe_options_in(text.substr(assignment.size())),
                        std::back_inserter(assigned.options));
      append_value_of_last(word, end, assigned.options);
      append_options(word, end, assigned.options);
    }
    return word;
  }

  /// "-C" that ended the first word of a value whose quotes are gone.
  static void append_value_of_last(Place& word, Place end, Words& assigned) {
    const bool lacks_value =
        !assigned.empty() && (assigned.back() == "-C" || assigned.back() == "--config");
    if (lacks_value && word != end) assigned.push_back(*word++);
  }

  static Words arguments_from(Place word, Place end, const Words& options) {
    const bool is_modprobe = program_of(*word) == "modprobe";
    Words arguments = {is_modprobe ? "modprobe" : "insmod"};
    if (is_modprobe) arguments.insert(arguments.end(), options.begin(), options.end());
    const bool has_other_name = renames(*word) && std::next(word) != end;
    arguments.insert(arguments.end(), std::next(word, has_other_name ? 2 : 1), end);
    return arguments;
  }

  void run(const Words& arguments, std::size_t line, bool only_kmod) {
    const KmodCommand command = parse_kmod_command(arguments);
    const bool is_insmod = command.applet == "insmod";
    LoadRequest request{.source = source_,
                        .line = line,
                        .past_blacklist = !command.uses_blacklist,
                        .past_install = command.ignores_install,
                        .past_modprobe = is_insmod,
                        .only_kmod = only_kmod};
    request.configuration = configuration_of(command);
    if (lacks_names(arguments, command) && passes_over_denies(request))
      result_.unclear.push_back(line);
    if (!command.inserts) return;
    bool is_unclear = false;
    for (const std::string& target : command.targets) {
      request.name = utf8_text(module_of(target, is_insmod));
      const bool is_one_too_many = result_.requests.size() >= most_requests;
      if (request.name.empty() || is_one_too_many) {
        is_unclear = is_unclear || !request.name.empty() || target.contains('$');
      } else {
        result_.requests.push_back(request);
      }
    }
    if (is_unclear && passes_over_denies(request)) result_.unclear.push_back(line);
  }

  /// Each request has them: what is too long is taken for a folder without lines.
  static Words configuration_of(const KmodCommand& command) {
    constexpr std::size_t most_bytes = 128;
    Words paths;
    std::size_t bytes = 0;
    for (const std::string& path : command.configuration) {
      bytes += path.size() + 1;
      if (bytes > most_bytes) return {"/"};
      paths.push_back(path_of_configuration(path));
    }
    return paths;
  }

  /// As behind xargs(1).
  static bool lacks_names(const Words& arguments, const KmodCommand& command) {
    return command.targets.empty() && arguments.size() > 1;
  }

  Words options_;
  const std::string& source_;
  LoadCommands result_;
};

}  // namespace

LoadCommands load_commands(const std::vector<ShellCommand>& commands,
                           const std::vector<std::string>& options, const std::string& source) {
  CommandTaker taker(options, source);
  for (const ShellCommand& command : commands) taker.take(command);
  return taker.finish();
}

std::vector<std::string> bounded_modprobe_options(std::string_view value) {
  return bounded(modprobe_options_in(value));
}

bool sets_modprobe_options(std::string_view line) {
  const std::string_view text = trim(line);
  constexpr std::array<std::string_view, 4> others = {"#", ";", "unset ", "UnsetEnvironment"};
  return text.contains(variable) && std::ranges::none_of(others, [&](std::string_view other) {
           return text.starts_with(other);
         });
}

/// Quotes and the words of pam_env.conf(5) go, so that all syntaxes come to the same words.
bool sets_options_past_denies(std::string_view line) {
  const std::size_t place = line.find(variable);
  if (place == std::string_view::npos) return false;
  std::string value(trim(line.substr(place + variable.size())));
  if (value.find_first_of("$`@") != std::string::npos || value.ends_with('\\')) return true;
  std::erase_if(value, [](char letter) { return letter == '"' || letter == '\''; });
  Words options;
  for (std::string_view word : split_words(value)) {
    for (const std::string_view key : {"=", "DEFAULT=", "OVERRIDE="}) {
      if (word.starts_with(key)) word.remove_prefix(key.size());
    }
    if (!word.empty()) options.emplace_back(word);
  }
  return passes_over_denies(options);
}

bool passes_over_denies(const LoadRequest& request) {
  return request.past_install || request.past_modprobe || !request.configuration.empty();
}

}  // namespace kmodsec
