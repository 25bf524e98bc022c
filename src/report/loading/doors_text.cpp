// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/deciding_line.hpp"
#include "report/exposure_report.hpp"
#include "report/loading/position_words.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t load_path_width = 12;
constexpr std::size_t name_width = 20;

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
    for (const RequestLoadPaths& request : report_.requests) print_request(request);
    if (detail == DoorsDetail::names) {
      print_groups();
    } else {
      for (const ModuleLoadPaths& module : report_.modules)
        detail == DoorsDetail::load_paths ? print_module(module) : print_verdict(module);
    }
    print_assumed();
    print_pending();
    out_ += print_gaps(report_.unseen, style_);
    return std::move(out_);
  }

 private:
  void print_assumed() {
    if (report_.assumed.empty()) return;
    out_ += "\n" + style_.bold("Assumed") + "\n";
    for (const std::string& sentence : report_.assumed)
      out_ += "  " + wrap(printable(sentence), 2) + "\n";
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
    const std::string word = fmt::format("{:<11}", to_string(outcome));
    if (outcome <= LoadPathOutcome::runs) return style_.bad(word);
    return outcome == LoadPathOutcome::denied ? style_.good(word) : style_.faint(word);
  }

  void print_module(const ModuleLoadPaths& module) {
    out_ += fmt::format(
        "{}{} in {}: {}{}\n", out_.empty() ? "" : "\n", style_.bold(printable(module.name)),
        printable(module.kernel),
        painted(load_state_of(module),
                state_words(load_state_of(module), module.loaded.value_or(false))),
        module.trigger.empty()
            ? ""
            : fmt::format("; {}: {}", position_words(module.position), printable(module.trigger)));
    for (const LoadPathVerdict& verdict : module.load_paths) print_load_path(verdict);
    if (module.when_loaded.position < module.position) print_when_loaded(module.when_loaded);
    print_file(module);
    print_vulnerabilities(module);
  }

  /// Where it is not where the index has it, or where no index has it.
  void print_file(const ModuleLoadPaths& module) {
    const FilePresence status = module.file_state.status;
    const bool is_unindexed = status == FilePresence::there && module.presence == Presence::absent;
    if (is_unindexed)
      print_labelled("file", module.file_state.path + " is in no index: insmod alone loads it");
    else if (status == FilePresence::gone || status == FilePresence::unreadable)
      print_labelled("file", words_of(module.file_state));
  }

  void print_vulnerabilities(const ModuleLoadPaths& module) {
    const LoadState state = load_state_of(module);
    const bool is_out = state == LoadState::closed || state == LoadState::absent;
    if (!module.vulnerabilities || module.vulnerabilities->known == 0) return;
    if (is_out && !module.loaded.value_or(false)) return;
    print_labelled("CVEs", words_of(*module.vulnerabilities));
    if (!module.exploited.empty()) print_labelled("exploited", join(module.exploited, " "));
  }

  void print_labelled(std::string_view label, const std::string& text) {
    out_ += fmt::format("  {:<{}}{}\n", label, load_path_width,
                        wrap(printable(text), 2 + load_path_width));
  }

  void print_when_loaded(const Attacker& when_loaded) {
    out_ += fmt::format("  {:<{}}{}: {}\n", "once in", load_path_width,
                        position_words(when_loaded.position), printable(when_loaded.trigger));
  }

  void print_load_path(const LoadPathVerdict& verdict) {
    const std::string first = verdict.decided_by ? line_text(*verdict.decided_by) : verdict.note;
    out_ += fmt::format("  {:<{}}{}{}\n", to_string(verdict.load_path), load_path_width,
                        painted(verdict.outcome), printable(first));
    if (verdict.decided_by && !verdict.note.empty())
      out_ +=
          std::string(2 + load_path_width + 11, ' ') + style_.faint(printable(verdict.note)) + "\n";
  }

  /// Each row says then which one it is of.
  bool has_several_kernels() const {
    return std::ranges::any_of(report_.modules, [&](const ModuleLoadPaths& module) {
      return module.kernel != report_.modules.front().kernel;
    });
  }

  void print_verdict(const ModuleLoadPaths& module) {
    const std::string kernel = has_several_kernels() ? "in " + module.kernel + "; " : "";
    out_ += fmt::format("{:<{}} {}  {}\n", printable(module.name), name_width, verdict_word(module),
                        style_.faint(printable(kernel + why(module))));
  }

  /// The line that decides; of an open load path without one, who can use it.
  static std::string why(const ModuleLoadPaths& module) {
    const LoadPathVerdict* load_path = deciding_load_path(module);
    if (load_path == nullptr) return {};
    if (load_path->decided_by)
      return fmt::format("{}: {}", to_string(load_path->load_path),
                         line_text(*load_path->decided_by));
    return fmt::format("{}: {}", position_words(module.position), module.trigger);
  }

  void print_pending() {
    if (report_.pending.empty()) return;
    out_ += "\n" + style_.bold("From the next boot on") + "\n";
    for (const PendingParameter& parameter : report_.pending)
      out_ += fmt::format("  the boot entry {}:{} will boot {} {} {}\n",
                          printable(parameter.source), parameter.line, printable(parameter.kernel),
                          parameter.comes ? "with" : "without", printable(parameter.text));
  }

  void print_groups() {
    const ModuleLoadPaths* before = nullptr;
    std::string line;
    for (const ModuleLoadPaths& module : report_.modules) {
      if (before == nullptr || before->position != module.position ||
          before->kernel != module.kernel) {
        flush(line);
        print_heading(module);
      }
      if (line.size() + module.name.size() > 90) flush(line);
      line += (line.empty() ? "  " : " ") + printable(module.name);
      before = &module;
    }
    flush(line);
    print_exploited();
  }

  void print_exploited() {
    std::string rows;
    for (const ModuleLoadPaths& module : report_.modules) {
      if (!module.exploited.empty())
        rows += fmt::format("  {:<{}} {}\n", printable(module.name), name_width,
                            wrap(join(module.exploited, " "), name_width + 3));
    }
    if (!rows.empty())
      out_ += "\n" +
              style_.bold("With a vulnerability that has an exploit and is not known to be fixed") +
              "\n" + rows;
  }

  void flush(std::string& line) {
    if (!line.empty()) out_ += line + "\n";
    line.clear();
  }

  void print_heading(const ModuleLoadPaths& first) {
    const auto count = std::ranges::count_if(report_.modules, [&](const ModuleLoadPaths& module) {
      return module.position == first.position && module.kernel == first.kernel;
    });
    out_ +=
        fmt::format("{}{} ({} modules of {})\n", out_.empty() ? "" : "\n",
                    style_.bold(position_heading(first.position)), count, printable(first.kernel));
  }

  void print_request(const RequestLoadPaths& request) {
    out_ += fmt::format("{}{} in {}{}\n", out_.empty() ? "" : "\n",
                        style_.bold(printable(request.request)), printable(request.kernel),
                        request.note.empty() ? "" : ": " + printable(request.note));
    if (request.decided_by)
      out_ += "  " + style_.faint(printable(line_text(*request.decided_by))) + "\n";
    for (const RequestedModule& module : request.modules) {
      out_ += fmt::format(
          "  {:<{}} {}{}\n", printable(module.name), name_width, painted(module.outcome),
          printable(module.decided_by ? line_text(*module.decided_by) : module.note));
      if (!module.brings.empty())
        out_ += "    " + style_.faint("brings in " + printable(join(module.brings, ", "))) + "\n";
    }
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
