// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/deciding_line.hpp"
#include "report/doors_report.hpp"
#include "report/loading/reach_words.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t door_width = 12;
constexpr std::size_t name_width = 20;

/// The door that decides whether a module counts as closed.
const DoorVerdict* deciding_door(const ModuleDoors& module) {
  const DoorOutcome wanted = module.denied ? DoorOutcome::denied : DoorOutcome::loads;
  const auto door = std::ranges::find(module.doors, wanted, &DoorVerdict::outcome);
  return door == module.doors.end() ? nullptr : &*door;
}

class DoorsText {
 public:
  DoorsText(const DoorsReport& report, const Style& style) : report_(report), style_(style) {}

  std::string print(DoorsDetail detail) {
    for (const RequestDoors& request : report_.requests) print_request(request);
    if (detail == DoorsDetail::names) {
      print_groups();
    } else {
      for (const ModuleDoors& module : report_.modules)
        detail == DoorsDetail::doors ? print_module(module) : print_verdict(module);
    }
    out_ += print_gaps(report_.unseen, style_);
    return std::move(out_);
  }

 private:
  std::string verdict_word(const ModuleDoors& module) const {
    if (module.presence == Presence::absent) return style_.good("absent");
    if (module.presence == Presence::builtin) return style_.bad("built in");
    return module.denied ? style_.good("closed") : style_.bad("open");
  }

  std::string painted(DoorOutcome outcome) const {
    const std::string word = fmt::format("{:<11}", to_string(outcome));
    if (outcome == DoorOutcome::loads) return style_.bad(word);
    return outcome == DoorOutcome::denied ? style_.good(word) : style_.faint(word);
  }

  void print_module(const ModuleDoors& module) {
    out_ += fmt::format("{}{} in {}: {}{}{}\n", out_.empty() ? "" : "\n",
                        style_.bold(printable(module.name)), printable(module.kernel),
                        verdict_word(module), module.loaded.value_or(false) ? ", loaded now" : "",
                        module.trigger.empty() ? ""
                                               : fmt::format("; {}: {}", reach_words(module.reach),
                                                             printable(module.trigger)));
    for (const DoorVerdict& verdict : module.doors) print_door(verdict);
    if (module.once_in.reach < module.reach) print_once_in(module.once_in);
    if (!module.exploited.empty())
      out_ += "  " + style_.bad("open holes with an exploit") + ": " +
              wrap(join(module.exploited, " "), 4) + "\n";
  }

  void print_once_in(const ModuleReach& once_in) {
    out_ += fmt::format("  {:<{}}{}: {}\n", "once in", door_width, reach_words(once_in.reach),
                        printable(once_in.trigger));
  }

  void print_door(const DoorVerdict& verdict) {
    const std::string first = verdict.decided_by ? line_text(*verdict.decided_by) : verdict.note;
    out_ += fmt::format("  {:<{}}{}{}\n", to_string(verdict.door), door_width,
                        painted(verdict.outcome), printable(first));
    if (verdict.decided_by && !verdict.note.empty())
      out_ += std::string(2 + door_width + 11, ' ') + style_.faint(printable(verdict.note)) + "\n";
  }

  void print_verdict(const ModuleDoors& module) {
    out_ += fmt::format("{:<{}} {}  {}\n", printable(module.name), name_width, verdict_word(module),
                        style_.faint(printable(why(module))));
  }

  /// The line that decides; of an open door without one, who can use it.
  static std::string why(const ModuleDoors& module) {
    const DoorVerdict* door = deciding_door(module);
    if (door == nullptr) return {};
    if (door->decided_by)
      return fmt::format("{}: {}", to_string(door->door), line_text(*door->decided_by));
    return fmt::format("{}: {}", reach_words(module.reach), module.trigger);
  }

  void print_groups() {
    const ModuleDoors* before = nullptr;
    std::string line;
    for (const ModuleDoors& module : report_.modules) {
      if (before == nullptr || before->reach != module.reach || before->kernel != module.kernel) {
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
    for (const ModuleDoors& module : report_.modules) {
      if (!module.exploited.empty())
        rows += fmt::format("  {:<{}} {}\n", printable(module.name), name_width,
                            wrap(join(module.exploited, " "), name_width + 3));
    }
    if (!rows.empty())
      out_ += "\n" + style_.bold("With an open hole that has an exploit") + "\n" + rows;
  }

  void flush(std::string& line) {
    if (!line.empty()) out_ += line + "\n";
    line.clear();
  }

  void print_heading(const ModuleDoors& first) {
    const auto count = std::ranges::count_if(report_.modules, [&](const ModuleDoors& module) {
      return module.reach == first.reach && module.kernel == first.kernel;
    });
    out_ += fmt::format("{}{} ({} modules of {})\n", out_.empty() ? "" : "\n",
                        style_.bold(reach_heading(first.reach)), count, printable(first.kernel));
  }

  void print_request(const RequestDoors& request) {
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

  const DoorsReport& report_;
  const Style& style_;
  std::string out_;
};

}  // namespace

std::string print_doors_text(const DoorsReport& report, const Style& style, DoorsDetail detail) {
  return DoorsText(report, style).print(detail);
}

}  // namespace kmodsec
