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
#include "cli/help.hpp"
#include "cli/suggestions.hpp"
#include "model/names.hpp"
#include "system/host/cpu_time.hpp"

namespace kmodsec {
namespace {

std::unexpected<Error> usage(std::string subject, std::string reason) {
  return failure(ErrorKind::usage, std::move(subject), std::move(reason));
}

/// Options that are taken as text first.
struct CommonTexts {
  std::string fail_on;  ///< Empty: it was not given.
  std::vector<std::string> limits;
};

const std::vector<std::string> formats = {"text", "json", "ndjson", "sha256sum", "markdown"};
const std::vector<std::string> severities = {"low", "medium", "high", "critical"};
const std::vector<std::string> colours = {"auto", "always", "never"};

void declare_common(OptionSet& set, Options& options, CommonTexts& texts) {
  set.choice("--format", options.format, "How to answer: text, json, and of some verbs more",
             "FORMAT", formats);
  set.text("--output", options.output, "Write the answer to a file instead of stdout", "FILE");
  set.choice("--color", options.color, "Colours: auto, always or never", "WHEN", colours);
  set.flag("--no-pager", options.no_pager, "Print a long answer without a pager");
  set.flag("--quiet", options.quiet, "Say nothing on stderr but errors");
  set.text("--root", options.root, "A captured tree or mounted image instead of this system",
           "DIR");
  set.text("--snapshot", options.snapshot,
           "A file written by 'kmodsec snapshot' instead of a system", "FILE");
  set.text("--kernel", options.kernel, "The kernel release to look at instead of the running one",
           "RELEASE");
  set.texts("--cert", options.certificates,
            "Certificates to look signers up in: a file, or a folder of files", "FILE");
  set.choice("--fail-on", texts.fail_on,
             "Lowest severity that makes the exit code 1: low, medium, high or critical",
             "SEVERITY", severities);
  set.number("--jobs", options.jobs, "How many files to read at once; default: processors", "N");
  set.texts("--limit", texts.limits,
            "How much of what is foreign is looked at: bytes=N, entries=N, seconds=N or none",
            "LIMIT");
}

/// What follows it is no option (getopt(3)).
constexpr std::string_view end_of_options = "--";

/// What CLI11 left over: an unknown verb or option, or one argument too many.
std::optional<Error> leftover(const CLI::App& app, bool verb_found,
                              std::span<const char* const> words, const Declared& own,
                              const Declared& common) {
  std::vector<std::string> rest = app.remaining(true);
  if (const auto mark = std::ranges::find(rest, end_of_options); mark != rest.end())
    rest.erase(mark);
  if (rest.empty()) return std::nullopt;
  const std::string& first = rest.front();
  const auto options_end = std::ranges::find(words, end_of_options);
  if (first.starts_with('-') && std::find(words.begin(), options_end, first) != options_end)
    return unknown_option(first, own, common);
  if (verb_found) return Error{ErrorKind::usage, first, "unexpected argument"};
  return unknown_verb(first);
}

bool prints_lines(std::string_view verb) {
  return verb == "audit" || verb == "baseline" || verb == "events";
}

/// "Could not convert: --jobs = many"
std::string option_in(const std::string& message) {
  const std::size_t start = message.find("--");
  return start == std::string::npos ? message
                                    : message.substr(start, message.find(' ', start) - start);
}

/// The messages of CLI11 begin with what they are about, and go on in the words of a parser.
Error misuse(const CLI::ParseError& problem) {
  const std::string message = problem.what();
  const std::string subject = message.substr(0, message.find(':'));
  switch (static_cast<CLI::ExitCodes>(problem.get_exit_code())) {
    case CLI::ExitCodes::ArgumentMismatch:
      return {ErrorKind::usage, subject, "takes one value, and got none or more than one"};
    case CLI::ExitCodes::RequiredError:
      return {ErrorKind::usage, message.substr(0, message.find(' ')), "is required and missing"};
    case CLI::ExitCodes::ConversionError:
      return {ErrorKind::usage, option_in(message), "takes a number"};
    default: return {ErrorKind::usage, "", message.substr(0, message.find('\n'))};
  }
}

Result<Limits> limits_of(const std::vector<std::string>& texts) {
  Limits limits;
  for (const std::string& text : texts) {
    if (const auto set = set_limit(text, limits); !set) return std::unexpected(set.error());
  }
  return limits;
}

bool is_named(const Verb& verb, int argc, const char* const* argv) {
  return std::find(argv, argv + argc, verb.name) != argv + argc;
}

void set_up(CLI::App& app) {
  app.set_help_flag("-h,--help", "");
  app.allow_extras();
  app.fallthrough();
}

/// What is more than a word, and what does not fit together.
Result<void> settle(const Verb& verb, Options& options, const CommonTexts& texts) {
  if (!texts.fail_on.empty()) {
    if (!applies(verb, "--fail-on"))
      return usage("--fail-on", fmt::format("means nothing to '{}'", verb.name));
    options.fail_on = *parse_severity(texts.fail_on);
  }
  const auto limits = limits_of(texts.limits);
  if (!limits) return std::unexpected(limits.error());
  options.budget = std::make_shared<Budget>(*limits, cpu_seconds);
  if (options.format == "markdown" && options.verb != "checks")
    return usage("--format", "markdown is a format of 'kmodsec checks' alone");
  if (options.format == "sha256sum" && options.verb != "baseline")
    return usage("--format", "sha256sum is a format of 'kmodsec baseline' alone");
  if (options.format == "ndjson" && !prints_lines(options.verb))
    return usage("--format",
                 "ndjson is a format of 'kmodsec audit', 'baseline' and 'events' alone");
  if (!options.root.empty() && !options.snapshot.empty())
    return usage("--snapshot", "cannot be used with --root: each names another machine");
  return {};
}

const Verb* verb_called(std::string_view name) {
  const auto found = std::ranges::find(all_verbs(), name, &Verb::name);
  return found == all_verbs().end() ? nullptr : &*found;
}

constexpr std::string_view without_verb = "status";

class Parser {
 public:
  Parser() : app_("", "kmodsec") {
    app_.set_version_flag("-V,--version", "");
    set_up(app_);
    app_.require_subcommand(0, 1);
    OptionSet set(app_, options_, common_);
    declare_common(set, options_, texts_);
    common_.options.push_back({"-V, --version", "", "Tell the version"});
    common_.options.push_back({"-h, --help", "", "Show this help"});
  }

  Result<CommandLine> parse(int argc, const char* const* argv) {
    if (argc > 1 && std::string_view(argv[1]) == "help")
      return argc > 2 && *argv[2] != '-' ? help_on(argv[2]) : CommandLine{.text = overview()};
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
      return std::unexpected(misuse(problem));
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
    if (auto problem = leftover(app_, !name.empty(), words, own_[name], common_))
      return std::unexpected(std::move(*problem));
    const Verb& verb = *verb_called(name.empty() ? without_verb : name);
    options_.verb = verb.name;
    if (auto settled = settle(verb, options_, texts_); !settled)
      return std::unexpected(settled.error());
    CommandLine line{.command = std::move(commands_.at(verb.name)), .text = {}};
    line.command->set_common(options_);
    return line;
  }

  std::string_view chosen() const {
    const auto parsed = app_.get_subcommands();
    return parsed.empty() ? std::string_view() : verb_called(parsed.front()->get_name())->name;
  }

  std::string overview() const { return print_overview(all_verbs(), common_); }

  std::string help_of_chosen() {
    const std::string_view name = chosen();
    return name.empty() ? overview() : print_verb_help(*verb_called(name), own_[name], common_);
  }

  Result<CommandLine> help_on(const char* name) {
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
  const auto one_of = [words](const std::string& word) {
    if (std::ranges::find(words, word) != words.end()) return std::string();
    const auto hint = nearest(word, words);
    return word + " is none of " + join(words, ", ") +
           (hint ? "; did you mean " + *hint + "?" : "");
  };
  app_->add_option(name, value)->check(CLI::Validator(one_of, ""));
  declared_->options.push_back({name, type, help});
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
  app_->add_flag(name, value);
  declared_->options.push_back({name + (*name == '!' ? 1 : 0), "", help});
}

void OptionSet::arguments(const char* name, std::vector<std::string>& values, const char* help) {
  app_->add_option(name, values);
  declared_->words = "[" + std::string(name) + "...]";
  declared_->words_text = help;
}

void OptionSet::required_arguments(const char* name, std::vector<std::string>& values,
                                   const char* help) {
  app_->add_option(name, values)->required();
  declared_->words = std::string(name) + "...";
  declared_->words_text = help;
}

void OptionSet::one_argument(const char* name, std::vector<std::string>& values, const char* help) {
  app_->add_option(name, values)->required()->expected(1);
  declared_->words = name;
  declared_->words_text = help;
}

Result<CommandLine> parse_command_line(int argc, const char* const* argv) {
  return Parser().parse(argc, argv);
}

}  // namespace kmodsec
