// SPDX-License-Identifier: GPL-2.0-or-later
// create, check, accept, show and signature: the state of the files that decide what enters the
// kernel.
#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/baseline/baseline_check.hpp"
#include "app/baseline/baseline_journal.hpp"
#include "app/baseline/baseline_recording.hpp"
#include "app/baseline/baseline_source.hpp"
#include "app/confirm.hpp"
#include "app/machine.hpp"
#include "app/store_place.hpp"
#include "base/text.hpp"
#include "cli/subcommands.hpp"
#include "cli/verb.hpp"
#include "collect/collect.hpp"
#include "collect/host/host_identity.hpp"
#include "format/baseline/baseline_record.hpp"
#include "format/baseline/sha256sums.hpp"
#include "format/signatures/ed25519.hpp"
#include "report/baseline/baseline_report.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

struct Asked : BaselineOptions {
  std::vector<std::string> names;  ///< The action, and the paths that are accepted.
  std::string key;                 ///< That signatures.
  bool journal = false;            ///< Tell the changes to systemd's journal.
  std::string reason;
};

std::string print_summary(const BaselineSummary& summary, const Asked& options, const Root& root,
                          const Style& style) {
  return options.format == "json"
             ? print_summary_json(summary, collect_identity_of_machine(root, time_of_looking()))
             : print_summary_text(summary, style);
}

/// What was accepted, or is to be, in the words of the store.
std::string reason_of(const Asked& options, std::size_t count) {
  if (!options.reason.empty()) return options.reason;
  return count == 0 ? "the folders were recorded for the first time"
                    : "accepted " + count_of(count, "explained change");
}

/// As it was recorded before where it cannot be seen now.
std::string machine_of(const Root& root, const Baseline& before) {
  return collect_host_identity(root).machine_id.value_or(before.machine);
}

/// Before the files are read, which takes its time. The store is made, so that whoever may not make
/// it is told now.
Result<void> is_free_for_first(const Asked& options) {
  return change_store(options, true, [&](BaselineStore& store) -> Result<void> {
    const auto heads = store.generations();
    if (!heads) return std::unexpected(heads.error());
    if (heads->empty()) return {};
    return failure(ErrorKind::usage, store_path(options).value_or(""),
                   "there is a baseline already; 'kmodsec baseline accept' records changes in it");
  });
}

Result<Answer> create(const Asked& options, const Root& root, const Style& style) {
  if (auto is_free = is_free_for_first(options); !is_free) return std::unexpected(is_free.error());
  auto recording = record(root, options);
  if (!recording) return std::unexpected(recording.error());
  Baseline baseline{.time = time_of_change(),
                    .reason = "create",
                    .entries = std::move(recording->entries),
                    .machine = machine_of(root, {})};
  const auto done =
      change_store(options, false, [&](BaselineStore& store) { return store.append(baseline); });
  if (!done) return std::unexpected(done.error());
  const BaselineSummary summary{.baseline = std::move(baseline), .unseen = recording->unseen};
  return Answer{print_summary(summary, options, root, style), outcome_of(recording->unseen),
                std::move(recording->unseen)};
}

std::string print(const BaselineReport& report, const Asked& options, const Root& root,
                  const Style& style) {
  if (options.format == "text") return print_drift_text(report, style);
  const Facts machine = collect_identity_of_machine(root, time_of_looking());
  return options.format == "json" ? print_drift_json(report, machine)
                                  : print_drift_ndjson(report, machine);
}

Outcome outcome_of_drift(const BaselineReport& report) {
  return outcome_of(report.unseen, report.suspicious() > 0);
}

/// A store that was left half written could be held against nothing.
std::vector<Unseen> unseen_store(const Error& error) { return {{error.subject, error.reason}}; }

Result<Answer> check_and_tell(const Asked& options, const Root& root, const Style& style) {
  auto checked = compare_with_baseline(options, root);
  if (!checked && checked.error().kind == ErrorKind::io) {
    const BaselineReport report{.unseen = unseen_store(checked.error())};
    const bool is_text = options.format == "text";
    return Answer{is_text ? print_gaps(report.unseen, style) : print(report, options, root, style),
                  Outcome::incomplete, report.unseen};
  }
  if (!checked) return std::unexpected(checked.error());
  const BaselineReport& report = checked->report;
  note_check(options, report);
  if (options.journal) tell_journal(report);
  return Answer{print(report, options, root, style), outcome_of_drift(report), report.unseen};
}

Answer nothing_to_accept(BaselineComparison& checked, const Asked& options, const Root& root,
                         const Style& style) {
  BaselineReport& report = checked.report;
  report.baseline.entries = std::move(checked.was);
  const BaselineSummary summary{
      .baseline = report.baseline, .trust = report.trust, .unseen = report.unseen};
  return {options.format == "json" ? print_summary(summary, options, root, style)
                                   : print_nothing_accepted_text(report, style),
          outcome_of_drift(report), report.unseen};
}

Result<void> is_of_this_host(const Asked& options, const BaselineReport& report) {
  if (report.host != BaselineHost::another) return {};
  return failure(ErrorKind::usage, store_path(options).value_or(""),
                 "is a baseline of another host: of its changes nothing is accepted here");
}

/// What is there of the baseline, with these changes, as its next generation.
Result<Answer> record_accepted(BaselineComparison& checked, const Asked& options, const Root& root,
                               const Style& style,
                               const std::vector<const BaselineChange*>& changes) {
  BaselineSummary summary{.unseen = checked.report.unseen, .accepted = changes};
  Baseline& baseline = summary.baseline;
  baseline = {.time = time_of_change(),
              .reason = reason_of(options, changes.size()),
              .previous = checked.report.baseline.digest,
              .entries = with_changes(std::move(checked.was), changes),
              .machine = machine_of(root, checked.report.baseline)};
  summary.first_folders =
      add_first_folders(baseline.entries, std::move(checked.unrecorded_folders));
  const auto done =
      change_store(options, false, [&](BaselineStore& store) { return store.append(baseline); });
  if (!done) return std::unexpected(done.error());
  return Answer{print_summary(summary, options, root, style), outcome_of(summary.unseen),
                summary.unseen};
}

Result<Answer> accept(const Asked& options, const Root& root, const Style& style) {
  const std::vector<std::string> paths(options.names.begin() + 1, options.names.end());
  if (!paths.empty() && options.reason.empty())
    return failure(ErrorKind::usage, "--reason", "is missing: say why these changes are right");
  if (!options.against.empty())
    return failure(ErrorKind::usage, "--against", "only the store of this host accepts changes");
  auto checked = compare_with_baseline(options, root);
  if (!checked) return std::unexpected(checked.error());
  if (auto ours = is_of_this_host(options, checked->report); !ours)
    return std::unexpected(ours.error());
  const auto changes = chosen_changes(root, checked->report.changes, paths);
  if (!changes) return std::unexpected(changes.error());
  if (changes->empty() && checked->unrecorded_folders.empty())
    return nothing_to_accept(*checked, options, root, style);
  if (!paths.empty()) {
    const auto yes =
        confirm(options, fmt::format("Accept {}?", count_of(changes->size(), "change")));
    if (!yes) return std::unexpected(yes.error());
  }
  return record_accepted(*checked, options, root, style, *changes);
}

Result<Answer> show(const Asked& options, const Root& root, const Style& style) {
  const auto source = read_baseline(options);
  if (!source && source.error().kind == ErrorKind::io) {
    auto unseen = unseen_store(source.error());
    const bool is_json = options.format == "json";
    return Answer{is_json ? print_summary({.unseen = unseen}, options, root, style)
                          : print_gaps(unseen, style),
                  Outcome::incomplete, std::move(unseen)};
  }
  if (!source) return std::unexpected(source.error());
  if (options.format == "ndjson") return Answer{print_baseline(source->baseline)};
  if (options.format == "sha256sum") return Answer{print_sha256sums(source->baseline)};
  return Answer{
      print_summary({.baseline = source->baseline, .trust = source->trust}, options, root, style)};
}

Result<Answer> sign_newest(const Asked& options, const Root& root, const Style& style) {
  if (options.key.empty())
    return failure(ErrorKind::usage, "--key",
                   "is missing: a private Ed25519 key in PEM to sign with");
  const auto pem = read_key_file(options.key);
  if (!pem) return std::unexpected(pem.error());
  const auto source = read_baseline(options);
  if (!source) return std::unexpected(source.error());
  const auto made = sign_text(*pem, source->baseline.digest);
  if (!made) return failure(made.error().kind, options.key, made.error().reason);
  const auto done = change_store(options, false, [&](BaselineStore& store) {
    return store.set_signature(source->baseline.digest, *made);
  });
  if (!done) return std::unexpected(done.error());
  return Answer{print_summary(
      {.baseline = source->baseline, .trust = {true, made->key, source->trust.is_expected}},
      options, root, style)};
}

struct Subcommand {
  std::string_view name;
  Result<Answer> (*run)(const Asked&, const Root&, const Style&);
  std::string_view lists = {};  ///< The formats that it knows besides text and json.
};

constexpr std::array subcommands = {
    Subcommand{"create", create}, Subcommand{"check", check_and_tell, "ndjson"},
    Subcommand{"accept", accept}, Subcommand{"show", show, "ndjson sha256sum"},
    Subcommand{"sign", sign_newest}};

void declare(OptionSet& set, Asked& options) {
  set.action(options.names, "create, check, accept [PATH...], show or sign",
             names_of_actions(subcommands));
  set.text("--store", set.common().store, "The database with the baseline", "FILE");
  set.text(
      "--against", options.against,
      "Compare with a baseline kept elsewhere: a store, a copy as ndjson, or a list of sha256sum",
      "FILE");
  set.text("--signed-by", options.public_key, "The public key that has to have signed the baseline",
           "FILE");
  set.text("--expect", options.expect,
           "The generation that the baseline has to be: its number, or its digest", "GENERATION");
  set.text("--key", options.key, "The private Ed25519 key to sign with", "FILE");
  set.flag("--journal", options.journal, "Write each change to the journal of systemd too");
  set.text("--reason", options.reason, "Why the named changes are right", "TEXT");
  declare_yes(set, options);
}

bool knows(const Subcommand& subcommand, std::string_view format) {
  return format == "text" || format == "json" ||
         std::ranges::count(split_words(subcommand.lists), format) > 0;
}

/// What an action would pass over is refused: whoever says it counts on it.
Result<void> means_something(const Asked& options) {
  struct Meaning {
    std::string_view word;
    bool is_given;
    std::string_view actions;
  };
  const Meaning meanings[] = {
      {"PATH", options.names.size() > 1, "accept"},
      {"--against", !options.against.empty(), "check accept show"},
      {"--signed-by", !options.public_key.empty(), "check accept show sign"},
      {"--expect", !options.expect.empty(), "check accept show sign"},
      {"--key", !options.key.empty(), "sign"},
      {"--journal", options.journal, "check"},
      {"--reason", !options.reason.empty(), "accept"}};
  const std::string& action = options.names.front();
  for (const Meaning& meaning : meanings) {
    if (meaning.is_given && std::ranges::count(split_words(meaning.actions), action) == 0)
      return failure(ErrorKind::usage, std::string(meaning.word),
                     fmt::format("means nothing to 'baseline {}'", action));
  }
  return {};
}

Result<Answer> run(const Asked& options, const Style& style) {
  const std::string& name = options.names.front();
  const auto subcommand = action_called(name, "baseline", subcommands);
  if (!subcommand) return std::unexpected(subcommand.error());
  if (!knows(*subcommand, options.format))
    return failure(ErrorKind::usage, "--format",
                   fmt::format("{} is not a format of 'baseline {}'", options.format, name));
  if (auto fits = means_something(options); !fits) return std::unexpected(fits.error());
  const auto root = open_machine(options);
  if (!root) return std::unexpected(root.error());
  return subcommand->run(options, **root, style);
}

}  // namespace

std::unique_ptr<Command> baseline_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
