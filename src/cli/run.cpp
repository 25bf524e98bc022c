// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/run.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "analyze/work.hpp"
#include "app/screen.hpp"
#include "base/text.hpp"
#include "cli/command_line.hpp"
#include "collect/baseline/baseline_status.hpp"
#include "report/offered_command.hpp"
#include "report/paragraph.hpp"
#include "system/host/work_end.hpp"

namespace kmodsec {
namespace {

/// The store that was named goes with the commands of its verb; a tree's baseline has to be named.
std::map<std::string_view, std::string> asked_stores(const Options& options) {
  std::map<std::string_view, std::string> stores;
  if (!options.root.empty()) {
    std::string path = options.root;
    while (path.ends_with('/')) path.pop_back();
    stores["baseline"] = "--store " + shell_word(path.append(baseline_store_path));
  }
  if (!options.store.empty()) stores[options.verb] = "--store " + shell_word(options.store);
  return stores;
}

/// The machine of --root or --snapshot, as the commands that an answer offers have to name it.
AskedMachine asked_machine(const Options& options) {
  AskedMachine machine{.stores = asked_stores(options)};
  const std::string option = !options.root.empty()       ? "--root"
                             : !options.snapshot.empty() ? "--snapshot"
                                                         : "";
  if (option.empty()) return machine;
  machine.option =
      option + " " + shell_word(options.root.empty() ? options.snapshot : options.root);
  for (const Verb& verb : all_verbs()) {
    if (verb.asks != Asks::nothing) machine.verbs[verb.name] = applies(verb, option);
  }
  return machine;
}

void complain(const Error& error, const AskedMachine& machine = {}) {
  fmt::print(stderr, "kmodsec: {}\n", offered_for(printable(to_string(error)), machine));
}

int failed_with(const Error& error, const AskedMachine& machine = {}) {
  complain(error, machine);
  return static_cast<int>(Outcome::failed);
}

/// The report names each gap with its reason; stderr says that there are some, and where.
void tell_gaps(const Answer& answer) {
  std::vector<std::string> names;
  for (const Unseen& gap : answer.unseen) {
    if (names.empty() || names.back() != gap.what) names.push_back(gap.what);
  }
  const std::string text = "kmodsec: could not be seen: " + printable(join(names, ", "));
  const auto width = width_of_errors();
  fmt::print(stderr, "{}\n", width ? fill(text, {.indent = 2, .width = *width}) : text);
}

/// A verb that changes the host is not ended in the middle of it, and one that follows has no end.
void end_in_time(const Verb& verb, const Options& options) {
  const std::uint64_t seconds = options.budget->seconds();
  if (verb.changes || options.follow || seconds == Limits::none) return;
  end_work_after(std::max<std::uint64_t>(seconds, 1) * 2, static_cast<int>(Outcome::incomplete));
}

/// What would have been but a part of an answer is none.
Result<Answer> run_command(const Command& command) {
  try {
    return command.run(style_for(command.options(), asked_machine(command.options())));
  } catch (const TooMuchWork& problem) {
    return Answer{.text = {},
                  .outcome = Outcome::incomplete,
                  .unseen = {{problem.error().subject, problem.error().reason}}};
  }
}

void tell_spent_budget(const Budget& budget, Answer& answer) {
  if (!note_spent(budget, answer.unseen)) return;
  answer.outcome =
      outcome_of(Judged{.found = answer.outcome == Outcome::findings, .unknown = true});
}

}  // namespace

int run(int argc, const char* const* argv) {
  const auto line = parse_command_line(argc, argv);
  if (!line) return failed_with(line.error());
  if (!line->text.empty()) {
    fmt::print("{}", line->text);
    return static_cast<int>(Outcome::clean);
  }

  const Options& options = line->command->options();
  const auto verb = std::ranges::find(all_verbs(), options.verb, &Verb::name);
  end_in_time(*verb, options);
  auto answer = run_command(*line->command);
  if (answer) tell_spent_budget(*options.budget, *answer);
  const AskedMachine machine = asked_machine(options);
  if (!answer) return failed_with(answer.error(), machine);
  if (const auto written = show_answer(verb->changes, options, answer->text); !written)
    return failed_with(written.error());
  if (!options.quiet && !answer->unseen.empty()) tell_gaps(*answer);
  if (answer->error) complain(*answer->error, machine);
  return static_cast<int>(outcome_of(*answer));
}

}  // namespace kmodsec
