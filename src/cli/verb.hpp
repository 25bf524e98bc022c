// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/answer.hpp"
#include "app/options.hpp"
#include "base/result.hpp"
#include "cli/option_set.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// A verb with the options that it was given.
class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  virtual void set_common(const Options& common) = 0;
  virtual const Options& options() const = 0;
  virtual Result<Answer> run(const Style& style) const = 0;
};

template <class OptionsOfVerb>
using DeclareOptions = void (*)(OptionSet& set, OptionsOfVerb& options);
template <class OptionsOfVerb>
using RunVerb = Result<Answer> (*)(const OptionsOfVerb& options, const Style& style);

template <class OptionsOfVerb>
class CommandOf final : public Command {
 public:
  CommandOf(OptionSet& set, DeclareOptions<OptionsOfVerb> declare, RunVerb<OptionsOfVerb> verb)
      : run_(verb) {
    declare(set, options_);
  }

  void set_common(const Options& common) override { static_cast<Options&>(options_) = common; }
  const Options& options() const override { return options_; }
  Result<Answer> run(const Style& style) const override { return run_(options_, style); }

 private:
  OptionsOfVerb options_;
  RunVerb<OptionsOfVerb> run_;
};

/// What the file of a verb gives to its row: how its options are declared, and what runs.
template <class OptionsOfVerb>
std::unique_ptr<Command> command(OptionSet& set, DeclareOptions<OptionsOfVerb> declare,
                                 RunVerb<OptionsOfVerb> verb) {
  return std::make_unique<CommandOf<OptionsOfVerb>>(set, declare, verb);
}

/// What a verb is for.
enum class VerbGroup { look, decide, change, keep_watch, manage };

inline constexpr std::array all_verb_groups = {VerbGroup::look, VerbGroup::decide,
                                               VerbGroup::change, VerbGroup::keep_watch,
                                               VerbGroup::manage};

/// A heading of the help.
std::string_view to_string(VerbGroup group);

/// Which of the common options mean something to a verb, beside those of every answer.
enum class Asks {
  nothing,    ///< It is about the program itself.
  this_host,  ///< The running system alone.
  one_host,   ///< --root, --kernel and how much is read.
  machine,    ///< These and --snapshot and --cert: any machine that was seen.
  findings,   ///< These and --fail-on.
};

struct Verb {
  std::string_view name;
  VerbGroup group = VerbGroup::look;
  std::string_view help;
  std::array<std::string_view, 2> examples;
  std::unique_ptr<Command> (*command)(OptionSet& set);
  Asks asks = Asks::machine;
  bool changes = false;                ///< It changes the host, and asks before.
  std::string_view more_formats = {};  ///< Besides text and json, with blanks between.
};

/// Whether a common option, such as "--root", means something to the verb.
bool applies(const Verb& verb, std::string_view option);

/// What --format takes.
std::vector<std::string> formats_of(const Verb& verb);

std::span<const Verb> all_verbs();

}  // namespace kmodsec
