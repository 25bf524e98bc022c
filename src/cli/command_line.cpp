// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command_line.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/text.hpp"
#include "cli/common_options.hpp"
#include "cli/complete.hpp"
#include "cli/help.hpp"
#include "cli/suggestions.hpp"

namespace kmodsec {
namespace {

/// What follows it is no option (getopt(3)).
constexpr std::string_view end_of_options = "--";

/// What CLI11 left over: an unknown verb or option, or one argument too many.
std::optional<Error> leftover(const CLI::App& app, std::string_view verb,
                              std::span<const char* const> words, const Declared& own,
                              const Declared& common) {
  std::vector<std::string> rest = app.remaining(true);
  if (const auto mark = std::ranges::find(rest, end_of_options); mark != rest.end())
    rest.erase(mark);
  if (rest.empty()) return std::nullopt;
  const std::string& first = rest.front();
  const auto options_end = std::ranges::find(words, end_of_options);
  if (first.starts_with('-') && std::find(words.begin(), options_end, first) != options_end)
    return unknown_option(first, std::string(verb), own, common);
  if (!verb.empty())
    return Error{ErrorKind::usage, first.empty() ? "''" : first,
                 fmt::format("unexpected argument; see 'kmodsec help {}'", verb)};
  return unknown_verb(first);
}

/// The messages of CLI11 name what they are about, and are otherwise the words of a parser.
std::string subject_of(const std::string& message) {
  const std::size_t option = message.find("--");
  const std::size_t start = option == std::string::npos ? 0 : option;
  return message.substr(start, message.find_first_of(" :", start) - start);
}

/// A flag is named without its dashes where it got a value.
std::string flag_of(const std::string& message) {
  const std::string name = message.substr(0, message.find(' '));
  return (name.size() == 1 ? "-" : "--") + name;
}

constexpr const char* is_missing = "is required and missing";
constexpr const char* needs_value = "needs a value";

Error misuse(const CLI::ParseError& problem) {
  const std::string message = problem.what();
  const auto refuse = [&](const char* reason) {
    return Error{ErrorKind::usage, subject_of(message), reason};
  };
  switch (static_cast<CLI::ExitCodes>(problem.get_exit_code())) {
    case CLI::ExitCodes::ArgumentMismatch:
      if (message.find("flag override") != std::string::npos)
        return {ErrorKind::usage, flag_of(message), "takes no value"};
      if (message.find("At Most") != std::string::npos) return refuse("takes one value only");
      return refuse(needs_value);
    case CLI::ExitCodes::RequiredError: return refuse(is_missing);
    case CLI::ExitCodes::ConversionError: return refuse("takes a number");
    case CLI::ExitCodes::ValidationError:
      return {ErrorKind::usage, "", message.substr(0, message.find('\n'))};
    default:
      return {ErrorKind::usage, "", "this command line is not understood; see 'kmodsec help'"};
  }
}

bool is_named(const Verb& verb, int argc, const char* const* argv) {
  return std::find(argv, argv + argc, verb.name) != argv + argc;
}

void set_up(CLI::App& app) {
  app.set_help_flag("-h,--help", "")->disable_flag_override();
  app.allow_extras();
  app.fallthrough();
}

const Verb* verb_called(std::string_view name) {
  const auto found = std::ranges::find(all_verbs(), name, &Verb::name);
  return found == all_verbs().end() ? nullptr : &*found;
}

constexpr std::string_view without_verb = "status";

class Parser {
 public:
  Parser() : app_("", "kmodsec") {
    app_.set_version_flag("-V,--version", "")->disable_flag_override();
    set_up(app_);
    app_.require_subcommand(0, 1);
    OptionSet set(app_, options_, common_);
    declare_common(set, options_, texts_);
    common_.options.push_back({"-V, --version", "", "Show the version"});
    common_.options.push_back({"-h, --help", "", "Show this help"});
  }

  Result<CommandLine> parse(int argc, const char* const* argv) {
    if (argc > 1 && argv[1] == complete_verb) return completions({argv + 2, argv + argc});
    if (argc > 1 && std::string_view(argv[1]) == "help")
      return help_on(argc > 2 ? argv[2] : argv[1]);
    const bool none_named = std::ranges::none_of(
        all_verbs(), [&](const Verb& verb) { return is_named(verb, argc, argv); });
    for (const Verb& verb : all_verbs())
      declare(verb, is_named(verb, argc, argv) || (none_named && verb.name == without_verb));
    try {
      app_.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
      return CommandLine{.text = help_of_chosen()};
    } catch (const CLI::CallForVersion&) {
      return CommandLine{.text = "kmodsec " KMODSEC_VERSION "\n"};
    } catch (const CLI::ParseError& problem) {
      Error error = misuse(problem);
      if (error.reason == is_missing || error.reason == needs_value)
        error.reason += choices_for(error.subject);
      return std::unexpected(std::move(error));
    }
    return command({argv, argv + argc});
  }

 private:
  /// To set up the options of every verb would be most of what the start takes.
  void declare(const Verb& verb, bool with_options) {
    CLI::App* sub = app_.add_subcommand(std::string(verb.name), "");
    if (!with_options) return;
    set_up(*sub);
    OptionSet set(*sub, options_, own_[verb.name]);
    commands_.emplace(verb.name, verb.command(set));
  }

  Result<CommandLine> command(std::span<const char* const> words) {
    const std::string_view name = chosen();
    if (auto problem = leftover(app_, name, words, own_[name], common_))
      return std::unexpected(std::move(*problem));
    const Verb& verb = *verb_called(name.empty() ? without_verb : name);
    options_.verb = verb.name;
    if (const auto given = meaningless(verb)) return std::unexpected(*given);
    if (auto settled = settle(verb, options_, texts_); !settled)
      return std::unexpected(settled.error());
    CommandLine line{.command = std::move(commands_.at(verb.name)), .text = {}};
    line.command->set_common(options_);
    return line;
  }

  /// A common option that was given, and means nothing to the verb.
  std::optional<Error> meaningless(const Verb& verb) const {
    for (const OptionHelp& option : common_.options) {
      const CLI::Option* given = app_.get_option_no_throw(option.name);
      if (given != nullptr && given->count() > 0 && !applies(verb, option.name))
        return meaningless_option(verb, option.name);
    }
    return std::nullopt;
  }

  std::string_view chosen() const {
    const auto parsed = app_.get_subcommands();
    return parsed.empty() ? std::string_view() : verb_called(parsed.front()->get_name())->name;
  }

  /// Where it is one of a few words, which these are.
  std::string choices_for(const std::string& subject) {
    const Declared& own = own_[chosen()];
    if (subject == own.argument && !own.actions.empty())
      return "; it is one of " + join(own.actions, ", ");
    for (const Declared* declared : {&own, &std::as_const(common_)}) {
      const auto option = std::ranges::find(declared->options, subject, &OptionHelp::name);
      if (option != declared->options.end() && !option->values.empty())
        return "; it is one of " + join(option->values, ", ");
    }
    return "";
  }

  std::string overview() const { return print_overview(all_verbs(), common_); }

  std::string help_of_chosen() {
    const std::string_view name = chosen();
    return name.empty() ? overview() : print_verb_help(*verb_called(name), own_[name], common_);
  }

  Result<CommandLine> completions(std::span<const char* const> words) {
    TypedWords typed = typed_words(words);
    const Verb* verb = verb_called(typed.verb);
    if (verb != nullptr) declare(*verb, true);
    const Declared own = verb == nullptr ? Declared{} : own_[verb->name];
    return CommandLine{.text = print_completions(typed, verb, own, common_)};
  }

  Result<CommandLine> help_on(const std::string& name) {
    if (name == "help" || name.starts_with('-')) return CommandLine{.text = overview()};
    const Verb* verb = verb_called(name);
    if (verb == nullptr) return std::unexpected(unknown_verb(name));
    declare(*verb, true);
    return CommandLine{.text = print_verb_help(*verb, own_[verb->name], common_)};
  }

  CLI::App app_;
  Options options_;
  CommonTexts texts_;
  Declared common_;
  std::map<std::string_view, Declared> own_;
  std::map<std::string_view, std::unique_ptr<Command>> commands_;
};

}  // namespace

void OptionSet::text(const char* name, std::string& value, const char* help, const char* type) {
  app_->add_option(name, value);
  declared_->options.push_back({name, type, help});
}

void OptionSet::required_text(const char* name, std::string& value, const char* help,
                              const char* type) {
  app_->add_option(name, value)->required();
  declared_->options.push_back({name, type, help});
}

void OptionSet::choice(const char* name, std::string& value, const char* help, const char* type,
                       const std::vector<std::string>& words) {
  const auto complain = [words](const std::string& word) {
    const auto known = one_of("", word, words);
    return known ? std::string() : known.error().reason;
  };
  app_->add_option(name, value)->check(CLI::Validator(complain, ""));
  declared_->options.push_back({name, type, help, words});
}

void OptionSet::texts(const char* name, std::vector<std::string>& values, const char* help,
                      const char* type) {
  app_->add_option(name, values);
  declared_->options.push_back({name, type, help});
}

void OptionSet::number(const char* name, unsigned& value, const char* help, const char* type) {
  app_->add_option(name, value);
  declared_->options.push_back({name, type, help});
}

void OptionSet::flag(const char* name, bool& value, const char* help) {
  app_->add_flag(name, value)->disable_flag_override();
  declared_->options.push_back({name + (*name == '!' ? 1 : 0), "", help});
}

void OptionSet::arguments(const char* name, std::vector<std::string>& values, const char* help) {
  app_->add_option(name, values);
  declared_->argument = name;
  declared_->words = "[" + std::string(name) + "...]";
  declared_->words_text = help;
}

void OptionSet::required_arguments(const char* name, std::vector<std::string>& values,
                                   const char* help) {
  app_->add_option(name, values)->required();
  declared_->argument = name;
  declared_->words = std::string(name) + "...";
  declared_->words_text = help;
}

void OptionSet::one_argument(const char* name, std::vector<std::string>& values, const char* help) {
  app_->add_option(name, values)->required()->expected(1);
  declared_->argument = name;
  declared_->words = name;
  declared_->words_text = help;
}

void OptionSet::action(std::vector<std::string>& values, const char* help,
                       const std::vector<std::string>& actions) {
  required_arguments("ACTION", values, help);
  declared_->actions = actions;
}

void OptionSet::argument_of(std::string_view action, std::string_view argument) {
  declared_->action_arguments.emplace(action, argument);
}

Result<CommandLine> parse_command_line(int argc, const char* const* argv) {
  return Parser().parse(argc, argv);
}

}  // namespace kmodsec
