// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/complete.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "app/answer.hpp"
#include "app/host_words.hpp"
#include "base/budget.hpp"
#include "system/host/cpu_time.hpp"
#include "system/host/work_end.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view options_end = "--";
constexpr std::string_view help_verb = "help";
constexpr std::string_view files = ":files";

/// Somebody waits for the word, and --root may lead to anybody's tree.
constexpr Limits most_of_a_word = {
    .bytes = 1024ULL * 1024 * 1024, .entries = 2'000'000, .seconds = 5};

/// Words for values that are no few, but of which some are usual.
struct UsualValues {
  std::string_view type;
  std::vector<std::string> values;
};

const std::array<UsualValues, 4> usual_values = {
    UsualValues{"TIME", {"today", "yesterday", "boot"}},
    UsualValues{"DURATION", {"30m", "2h", "1d"}},
    UsualValues{"LIMIT", {"none", "bytes=64G", "entries=1000000", "seconds=600"}},
    UsualValues{"N", {"1", "2", "4"}},
};

bool is_verb(std::string_view word) {
  return word == help_verb ||
         std::ranges::find(all_verbs(), word, &Verb::name) != all_verbs().end();
}

std::string line(std::string_view word, std::string_view text = {}) {
  std::string whole(word);
  if (!text.empty()) whole.append("\t").append(text);
  return whole + "\n";
}

std::string verb_lines() {
  std::string lines;
  for (const Verb& verb : all_verbs()) lines += line(verb.name, verb.help);
  return lines + line(help_verb, "Show the options of a verb, with examples");
}

class Completion {
 public:
  Completion(const TypedWords& typed, const Verb* verb, const Declared& own, const Declared& common)
      : typed_(typed), verb_(verb), own_(own), common_(common) {}

  std::string lines() const {
    if (typed_.verb == help_verb) return verb_lines();
    const std::size_t sign = typed_.word.find('=');
    if (typed_.word.starts_with("--") && sign != std::string::npos)
      return values_after(typed_.word.substr(0, sign), typed_.word.substr(0, sign + 1));
    if (const OptionHelp* option = unfinished_option()) return values_of(*option, "");
    if (typed_.word.starts_with('-') && !options_ended()) return option_lines();
    return verb_ == nullptr ? verb_lines() : argument_lines();
  }

 private:
  bool options_ended() const {
    return std::ranges::find(typed_.words, options_end) != typed_.words.end();
  }

  const OptionHelp* option_called(std::string_view name) const {
    for (const Declared* declared : {&own_, &common_}) {
      const auto found = std::ranges::find(declared->options, name, &OptionHelp::name);
      if (found != declared->options.end()) return &*found;
    }
    return nullptr;
  }

  /// That the word before is an option that takes a value.
  const OptionHelp* unfinished_option() const {
    if (typed_.words.empty() || options_ended()) return nullptr;
    const OptionHelp* option = option_called(typed_.words.back());
    return option == nullptr || option->type.empty() ? nullptr : option;
  }

  std::string option_lines() const {
    std::string lines;
    for (const OptionHelp& option : own_.options) lines += option_line(option);
    for (const OptionHelp& option : common_.options) {
      if (verb_ == nullptr || applies(*verb_, option.name)) lines += option_line(option);
    }
    return lines;
  }

  static std::string option_line(const OptionHelp& option) {
    const std::size_t long_name = option.name.find("--");
    return line(option.name.substr(long_name == std::string::npos ? 0 : long_name), option.text);
  }

  std::string values_after(const std::string& name, const std::string& before) const {
    const OptionHelp* option = option_called(name);
    return option == nullptr ? "" : values_of(*option, before);
  }

  std::string values_of(const OptionHelp& option, const std::string& before) const {
    if (option.name == "--format" && verb_ != nullptr) return lines_of(formats_of(*verb_), before);
    if (!option.values.empty()) return lines_of(option.values, before);
    if (option.type == "FILE" || option.type == "DIR") return line(files);
    const auto usual = std::ranges::find(usual_values, option.type, &UsualValues::type);
    if (usual != usual_values.end()) return lines_of(usual->values, before);
    return lines_of(words_of_host(option.type, ""), before);
  }

  /// What is no option: an action first where the verb has some, then files or names.
  std::string argument_lines() const {
    const bool has_actions = !own_.actions.empty();
    const std::vector<std::string> before = arguments();
    if (has_actions && before.empty()) return lines_of(own_.actions, "");
    if (has_actions) return lines_for_action(before.front());
    if (own_.argument.empty()) return "";
    const bool is_path = typed_.word.find('/') != std::string::npos || typed_.word.starts_with('.');
    if (own_.argument == "MODULE" && is_path) return line(files);
    return lines_of(words_of_host(own_.argument, typed_.verb), "");
  }

  /// The words before the one that is typed which are neither the verb, nor an option or its value.
  std::vector<std::string> arguments() const {
    std::vector<std::string> found;
    bool is_value = false;
    for (const std::string& word : typed_.words) {
      const OptionHelp* option = option_called(word);
      if (!is_value && !word.starts_with('-')) found.push_back(word);
      is_value = option != nullptr && !option->type.empty();
    }
    if (!found.empty()) found.erase(found.begin());
    return found;
  }

  std::string lines_for_action(const std::string& action) const {
    const auto argument = own_.action_arguments.find(action);
    return argument == own_.action_arguments.end()
               ? line(files)
               : lines_of(words_of_host(argument->second, typed_.verb), "");
  }

  /// The machine that the line is about so far.
  Options host() const {
    Options options;
    options.verb = typed_.verb;
    options.quiet = true;
    options.root = given("--root");
    options.kernel = given("--kernel");
    options.budget = std::make_shared<Budget>(most_of_a_word, cpu_seconds);
    return options;
  }

  /// "--root DIR", or "--root=DIR" where a shell leaves that in one word; empty when neither is.
  std::string given(std::string_view name) const {
    const std::string joined = std::string(name) + "=";
    for (std::size_t at = 0; at < typed_.words.size(); ++at) {
      if (typed_.words[at].starts_with(joined)) return typed_.words[at].substr(joined.size());
      if (typed_.words[at] == name && at + 1 < typed_.words.size()) return typed_.words[at + 1];
    }
    return {};
  }

  /// A snapshot takes too long to read for a word.
  std::vector<std::string> words_of_host(std::string_view kind, std::string_view verb) const {
    if (!given("--snapshot").empty()) return {};
    return host_words(std::string(kind), std::string(verb), host());
  }

  static std::string lines_of(const std::vector<std::string>& words, const std::string& before) {
    std::string lines;
    for (const std::string& word : words) lines += line(before + word);
    return lines;
  }

  const TypedWords& typed_;
  const Verb* verb_;
  const Declared& own_;
  const Declared& common_;
};

}  // namespace

TypedWords typed_words(std::span<const char* const> words) {
  TypedWords typed;
  if (words.empty()) return typed;
  const std::string_view last = words.back();
  typed.word = last == "=" ? "" : last;
  for (const std::string_view word : words.first(words.size() - 1)) {
    if (word == "=") continue;
    typed.words.emplace_back(word);
    if (typed.verb.empty() && is_verb(word)) typed.verb = word;
  }
  return typed;
}

std::string print_completions(const TypedWords& typed, const Verb* verb, const Declared& own,
                              const Declared& common) {
  end_work_after(most_of_a_word.seconds * 2, static_cast<int>(Outcome::incomplete));
  const std::string lines = Completion(typed, verb, own, common).lines();
  return lines.empty() ? "\n" : lines;
}

}  // namespace kmodsec
