// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/facts.hpp"
#include "report/deciding_line.hpp"
#include "report/exposure_report.hpp"
#include "report/loading/position_words.hpp"
#include "report/paragraph.hpp"
#include "report/table.hpp"

namespace kmodsec {
namespace {

constexpr LabelColumn labels{.indent = 2, .width = 12};
constexpr std::size_t least = 30;

/// The load path that decides whether a module counts as closed.
const LoadPathVerdict* deciding_load_path(const ModuleLoadPaths& module) {
  const LoadPathOutcome if_open = module.unknown ? LoadPathOutcome::runs : LoadPathOutcome::loads;
  const LoadPathOutcome wanted = module.denied ? LoadPathOutcome::denied : if_open;
  const auto load_path = std::ranges::find(module.load_paths, wanted, &LoadPathVerdict::outcome);
  return load_path == module.load_paths.end() ? nullptr : &*load_path;
}

class DoorsText {
 public:
  DoorsText(const ExposureReport& report, const Style& style) : report_(report), style_(style) {}

  std::string print(DoorsDetail detail) {
    for (const std::string& release : report_.without_modules)
      out_ += paragraph(fmt::format("{}: {}", printable(release), no_module_support), 2, style_);
    for (const RequestLoadPaths& request : report_.requests) print_request(request);
    if (detail == DoorsDetail::names) print_groups();
    if (detail == DoorsDetail::verdict) print_verdicts();
    if (detail == DoorsDetail::load_paths) {
      for (const ModuleLoadPaths& module : report_.modules) print_module(module);
    }
    if (out_.empty()) out_ += nothing_to_show();
    print_assumed();
    print_pending();
    out_ += print_gaps(report_.unseen, style_);
    return std::move(out_);
  }

 private:
  /// An answer without a module is one, too.
  std::string nothing_to_show() const {
    const bool not_all_was_seen = !report_.unseen.empty();
    if (report_.facts->trees.empty())
      return paragraph(not_all_was_seen
                           ? "No kernel was found whose modules could be looked at."
                           : "No kernel is installed here, so no module can be loaded.",
                       2, style_);
    return paragraph(not_all_was_seen ? "No module is known to be open; not all was seen."
                                      : "No module is open.",
                     2, style_);
  }

  void print_assumed() {
    if (report_.assumed.empty()) return;
    out_ += "\n" + style_.bold("Assumed") + "\n";
    for (const std::string& sentence : report_.assumed)
      out_ += paragraph("  " + printable(sentence), 4, style_);
  }

  std::string painted(LoadState state, std::string_view words) const {
    const bool is_good = state == LoadState::closed || state == LoadState::absent;
    return is_good ? style_.good(words) : style_.bad(words);
  }

  std::string verdict_word(const ModuleLoadPaths& module) const {
    const LoadState state = load_state_of(module);
    return painted(state, words_of(state));
  }

  std::string painted(LoadPathOutcome outcome) const {
    const std::string_view word = to_string(outcome);
    if (outcome <= LoadPathOutcome::runs) return style_.bad(word);
    return outcome == LoadPathOutcome::denied ? style_.good(word) : style_.faint(word);
  }

  /// Of a kernel that loads none; whether it has it built in may be unknown.
  bool cannot_be_loaded(const ModuleLoadPaths& module) const {
    const auto& releases = report_.without_modules;
    return load_state_of(module) != LoadState::built_in &&
           std::ranges::find(releases, module.kernel) != releases.end();
  }

  void print_never_loaded(const ModuleLoadPaths& module) {
    const bool may_be_built_in = module.presence == Presence::unknown;
    out_ += paragraph(
        fmt::format("{} in {}: {}{}", style_.bold(printable(module.name)), printable(module.kernel),
                    style_.good("cannot be loaded"),
                    may_be_built_in ? "; whether it is built in is not known" : ", not built in"),
        4, style_);
  }

  void print_module(const ModuleLoadPaths& module) {
    if (!out_.empty()) out_ += "\n";
    if (cannot_be_loaded(module)) return print_never_loaded(module);
    const LoadState state = load_state_of(module);
    out_ += paragraph(
        fmt::format("{} in {}: {}", style_.bold(printable(module.name)), printable(module.kernel),
                    painted(state, state_words(state, module.loaded.value_or(false)))),
        4, style_);
    if (!module.trigger.empty())
      print_labelled("who", position_words(module.position) + ": " + printable(module.trigger));
    if (!module.excepted.empty()) print_labelled("policy", printable(module.excepted));
    if (module.deny_offered)
      print_labelled("close it", unbroken("kmodsec deny " + printable(module.name)));
    if (!module.rebuild.empty()) print_labelled("close it", rebuild_words(module));
    print_load_paths(module);
    if (module.when_loaded.position < module.position) print_when_loaded(module.when_loaded);
    print_file(module);
    print_vulnerabilities(module);
  }

  /// Where it is not where the index has it, or where no index has it.
  void print_file(const ModuleLoadPaths& module) {
    const FilePresence status = module.file_state.status;
    const bool is_unindexed = status == FilePresence::there && module.presence == Presence::absent;
    if (is_unindexed)
      print_labelled("file",
                     printable(module.file_state.path) + " is in no index: insmod alone loads it");
    else if (status == FilePresence::gone || status == FilePresence::unreadable)
      print_labelled("file", printable(words_of(module.file_state)));
  }

  void print_vulnerabilities(const ModuleLoadPaths& module) {
    const LoadState state = load_state_of(module);
    const bool is_out = state == LoadState::closed || state == LoadState::absent;
    if (!module.vulnerabilities || module.vulnerabilities->known == 0) return;
    if (is_out && !module.loaded.value_or(false)) return;
    print_labelled("CVEs", words_of(*module.vulnerabilities));
    if (!module.exploited.empty()) print_labelled("exploited", join(module.exploited, " "));
  }

  /// The text is safe for a terminal already.
  void print_labelled(std::string_view label, const std::string& text) {
    out_ += labelled(label, text, labels, style_);
  }

  void print_when_loaded(const Attacker& when_loaded) {
    print_labelled("once in", printable(words_of(when_loaded)));
  }

  void print_load_paths(const ModuleLoadPaths& module) {
    Table table({{}, {}, {.least = least}}, 2);
    for (const LoadPathVerdict& verdict : module.load_paths) {
      const bool is_decided = verdict.decided_by.has_value();
      table.add({std::string(to_string(verdict.load_path)), painted(verdict.outcome),
                 printable(is_decided ? line_text(*verdict.decided_by) : verdict.note)});
      if (is_decided && !verdict.note.empty())
        table.add({"", "", style_.faint(printable(verdict.note))});
    }
    out_ += table.print(style_);
  }

  /// Each row says then which one it is of.
  bool has_several_kernels() const {
    return std::ranges::any_of(report_.modules, [&](const ModuleLoadPaths& module) {
      return module.kernel != report_.modules.front().kernel;
    });
  }

  void print_verdicts() {
    const bool with_kernel = has_several_kernels();
    Table table({{}, {}, {.least = least}});
    for (const ModuleLoadPaths& module : report_.modules)
      table.add({printable(module.name), verdict_word(module),
                 style_.faint(
                     printable((with_kernel ? "in " + module.kernel + "; " : "") + why(module)))});
    out_ += table.print(style_);
  }

  /// The line that decides; of an open load path without one, who can use it.
  static std::string why(const ModuleLoadPaths& module) {
    if (module.presence == Presence::unknown) return std::string(why_unknown(module.presence));
    const LoadPathVerdict* load_path = deciding_load_path(module);
    if (load_path == nullptr) return {};
    if (!module.denied && !module.excepted.empty()) return module.excepted;
    if (load_path->decided_by)
      return fmt::format("{}: {}", to_string(load_path->load_path),
                         line_text(*load_path->decided_by));
    return words_of(Attacker{module.position, module.trigger});
  }

  void print_pending() {
    if (report_.pending.empty()) return;
    out_ += "\n" + style_.bold("From the next boot on") + "\n";
    for (const PendingParameter& parameter : report_.pending)
      out_ += paragraph(
          fmt::format("  the boot entry {}:{} will boot {} {} {}", printable(parameter.source),
                      parameter.line, printable(parameter.kernel),
                      parameter.comes ? "with" : "without", printable(parameter.text)),
          4, style_);
  }

  using Groups = std::map<std::pair<std::string, AttackerPosition>, std::vector<std::string>>;

  /// The counts first, then the names, by the kernel and by who can bring them in.
  void print_groups() {
    Groups groups;
    for (const ModuleLoadPaths& module : report_.modules)
      groups[{module.kernel, module.position}].push_back(printable(module.name));
    print_group_counts(groups);
    for (const auto& [key, names] : groups) {
      if (!out_.empty()) out_ += "\n";
      out_ += paragraph(style_.bold(position_heading(key.second)) +
                            fmt::format(" ({} of {})", count_of(names.size(), "module"),
                                        printable(key.first)),
                        2, style_) +
              words_in_lines(names, 2, style_);
    }
    print_exploited();
  }

  void print_group_counts(const Groups& groups) {
    if (groups.empty()) return;
    const bool with_kernel = has_several_kernels();
    Table table({{.is_number = true}, {}, {.least = least}});
    for (const auto& [key, names] : groups)
      table.add({std::to_string(names.size()), with_kernel ? printable(key.first) : std::string(),
                 std::string(position_heading(key.second))});
    out_ += style_.bold("Modules that are open, by who can bring them in") + "\n" +
            table.print(style_) +
            paragraph(
                "To see what decides: 'kmodsec doors MODULE'; to close one: 'kmodsec deny "
                "MODULE'.",
                0, style_);
  }

  void print_exploited() {
    Table table({{}, {.least = least}}, 2);
    bool has_rows = false;
    for (const ModuleLoadPaths& module : report_.modules) {
      if (module.exploited.empty()) continue;
      table.add({printable(module.name), join(module.exploited, " ")});
      has_rows = true;
    }
    if (has_rows)
      out_ += "\n" +
              paragraph(style_.bold("With a vulnerability that has an exploit and is not known to "
                                    "be fixed"),
                        0, style_) +
              table.print(style_);
  }

  void print_request(const RequestLoadPaths& request) {
    if (!out_.empty()) out_ += "\n";
    out_ += paragraph(fmt::format("{} in {}{}", style_.bold(printable(request.request)),
                                  printable(request.kernel),
                                  request.note.empty() ? "" : ": " + printable(request.note)),
                      4, style_);
    if (request.decided_by)
      out_ += paragraph("  " + style_.faint(printable(line_text(*request.decided_by))), 4, style_);
    Table table({{}, {}, {.least = least}}, 2);
    const auto why = [](const auto& answer) {
      return printable(answer.decided_by ? line_text(*answer.decided_by) : answer.note);
    };
    for (const RequestedModule& module : request.modules) {
      table.add({printable(module.name), painted(module.outcome), why(module)});
      if (!module.brings.empty())
        table.add({"", "", style_.faint("brings in " + printable(join(module.brings, ", ")))});
      if (module.in_initramfs)
        table.add({"  in an initramfs", painted(module.in_initramfs->outcome),
                   why(*module.in_initramfs)});
    }
    out_ += table.print(style_);
  }

  const ExposureReport& report_;
  const Style& style_;
  std::string out_;
};

}  // namespace

std::string print_doors_text(const ExposureReport& report, const Style& style, DoorsDetail detail) {
  return DoorsText(report, style).print(detail);
}

}  // namespace kmodsec
