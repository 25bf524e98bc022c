// SPDX-License-Identifier: GPL-2.0-or-later
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/paragraph.hpp"
#include "report/policy/deny_words.hpp"
#include "report/policy/everything_else_words.hpp"
#include "report/policy/plan_report.hpp"
#include "report/policy/unified_diff.hpp"

namespace kmodsec {
namespace {

std::string paint_diff(const std::string& diff, const Style& style) {
  std::string text;
  for_each_line(diff, [&](std::string_view line, std::size_t) {
    const bool is_title = line.starts_with("--- ") || line.starts_with("+++ ");
    if (is_title)
      text += style.bold(line);
    else if (line.starts_with('+'))
      text += style.good(line);
    else if (line.starts_with('-'))
      text += style.bad(line);
    else
      text += line.starts_with('@') ? style.faint(line) : std::string(line);
    text += "\n";
  });
  return text;
}

constexpr std::size_t most_lines_of_diff = 240;
constexpr std::size_t most_open = 20;
constexpr std::size_t most_gaps = 5;

bool is_line_of_change(std::string_view line) {
  return (line.starts_with('+') && !line.starts_with("+++ ")) ||
         (line.starts_with('-') && !line.starts_with("--- "));
}

std::size_t changed_lines(std::string_view diff) {
  std::size_t lines = 0;
  for_each_line(diff, [&](std::string_view line, std::size_t) {
    if (is_line_of_change(line)) ++lines;
  });
  return lines;
}

class PlanText {
 public:
  PlanText(const Plan& plan, const Style& style, bool verbose)
      : plan_(plan), style_(style), verbose_(verbose) {}

  std::string as_plan() {
    if (plan_.is_empty()) text_ += nothing_to_change();
    for (const FileEdit& edit : plan_.edits) text_ += change(edit);
    actions(plan_.edits.empty() ? "To do" : "Then", plan_.actions);
    left_to_do();
    conflicts();
    becomes_of_denies();
    everything_else();
    autoload(!plan_.changes.denied.empty());
    opened();
    notes();
    still_open("Still open after it");
    not_seen();
    return std::move(text_);
  }

  std::string as_result() {
    if (plan_.is_empty()) {
      text_ +=
          plan_.left_to_do.empty() ? "Nothing was to be done.\n" : "No file was to be changed.\n";
    } else {
      text_ += paragraph(
          fmt::format("{}. To undo it: {}", style_.good("Done"), unbroken(undo_command())), 2,
          style_);
      text_ += changes_in_words(plan_.changes, style_);
    }
    left_to_do();
    everything_else();
    autoload(false);
    opened();
    notes();
    still_open("Denied by the policy, and still open");
    not_seen();
    if (!plan_.open.empty()) return std::move(text_);
    text_ += plan_.unseen.empty()
                 ? "Every module that the policy denies is closed.\n"
                 : "No module that the policy denies is known to be open; not all was seen.\n";
    return std::move(text_);
  }

  std::string what_is_left() {
    left_to_do();
    notes();
    return std::move(text_);
  }

 private:
  void left_to_do() { actions("Left to do on that system", plan_.left_to_do); }

  std::string change(const FileEdit& edit) const {
    const std::string diff = unified_diff(edit);
    const std::size_t lines = changed_lines(diff);
    return verbose_ || lines <= most_lines_of_diff
               ? paint_diff(diff, style_)
               : fmt::format("{}: {} lines change; --verbose shows them\n",
                             printable(utf8_text(edit.path)), lines);
  }

  /// What the files say is not yet what is closed.
  std::string_view nothing_to_change() const {
    if (!plan_.open.empty())
      return "The files are what the policy asks for, and some of what it denies is open.\n";
    if (!plan_.left_to_do.empty()) return "The files are what the policy asks for.\n";
    return plan_.unseen.empty()
               ? "This host is what its policy asks for: nothing to do.\n"
               : "As far as could be seen, this host is what its policy asks for: nothing to do.\n";
  }

  void not_seen() {
    std::vector<std::string> gaps;
    for (const Unseen& gap : plan_.unseen) {
      if (gaps.size() < most_gaps || verbose_) gaps.push_back(gap.what + ": " + gap.why);
    }
    if (gaps.size() < plan_.unseen.size())
      gaps.push_back(
          fmt::format("{} more: --format json has all of them", plan_.unseen.size() - gaps.size()));
    section("Could not be seen", gaps, [](const std::string& gap) { return printable(gap); });
  }

  std::string undo_command() const {
    return plan_.transaction ? fmt::format("kmodsec revert {}", *plan_.transaction)
                             : std::string("kmodsec revert");
  }

  void becomes_of_denies() {
    const std::string text = changes_in_words(plan_.changes, style_, verbose_);
    if (!text.empty()) text_ += "\n" + style_.bold("What that does") + "\n" + text;
  }

  void autoload(bool with_costs) {
    if (!plan_.autoload) return;
    text_ += (text_.empty() ? "" : "\n") + style_.bold("What users can have loaded") + "\n" +
             autoload_in_words(*plan_.autoload, with_costs, style_);
  }

  void everything_else() {
    if (!plan_.everything_else) return;
    text_ += (text_.empty() ? "" : "\n") + style_.bold("Everything else") + "\n" +
             everything_else_in_words(*plan_.everything_else, style_);
  }

  void opened() { section("Open for a while", plan_.opened, opened_in_words); }

  template <class Items, class Show>
  void section(std::string_view title, const Items& items, Show show) {
    if (items.empty()) return;
    text_ += (text_.empty() ? "" : "\n") + style_.bold(title) + "\n";
    for (const auto& item : items) text_ += paragraph("  " + show(item), 4, style_);
  }

  void actions(std::string_view title, const std::vector<Action>& actions) {
    section(title, actions, [](const Action& action) {
      return fmt::format("{}  ({})", unbroken(printable(join(action.deed.command(), " "))),
                         action.why);
    });
  }

  std::string needed(const Conflict& conflict) const {
    return fmt::format("{}: {}", style_.warning(printable(conflict.module)),
                       printable(conflict.reason));
  }

  /// What is overridden is done: it refuses nothing.
  void conflicts() {
    std::vector<std::string> refused;
    std::vector<std::string> overridden;
    for (const Conflict& conflict : plan_.conflicts) {
      if (conflict.overridden)
        overridden.push_back(needed(conflict));
      else
        refused.push_back(needed(conflict) + "  " +
                          unbroken(fmt::format("(--override {})", printable(conflict.module))));
    }
    const auto as_it_is = [](const std::string& text) { return text; };
    section("Refused unless it is overridden", refused, as_it_is);
    section("Overridden", overridden, as_it_is);
  }

  void notes() {
    section("To know", plan_.notes, [](const std::string& note) { return printable(note); });
  }

  /// One line for a module that is open in the same way in several kernels.
  void still_open(std::string_view title) {
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::string>> kernels;
    for (const OpenDeny& deny : plan_.open) kernels[{deny.module, deny.why}].push_back(deny.kernel);
    std::vector<std::string> lines;
    for (const auto& [what, releases] : kernels) {
      if (lines.size() == most_open && !verbose_) break;
      lines.push_back(fmt::format("{} in {}: {}", style_.bad(printable(what.first)),
                                  printable(join(releases, ", ")), printable(what.second)));
    }
    if (lines.size() < kernels.size())
      lines.push_back(
          fmt::format("{} more: --format json has all of them", kernels.size() - lines.size()));
    section(title, lines, [](const std::string& line) { return line; });
    if (!lines.empty())
      text_ += paragraph(
          "What 'kmodsec apply' does not close has to be closed by hand: 'kmodsec doors MODULE' "
          "shows which load path is open, and which line or image decides.",
          0, style_);
  }

  const Plan& plan_;
  const Style& style_;
  const bool verbose_;
  std::string text_;
};

}  // namespace

std::string print_plan_text(const Plan& plan, const Style& style, bool verbose) {
  return PlanText(plan, style, verbose).as_plan();
}

std::string print_applied_text(const Plan& plan, const Style& style) {
  return PlanText(plan, style, false).as_result();
}

std::string print_reverted_text(const std::vector<std::string>& paths, const DenyChanges& changes,
                                const Plan& plan, const std::vector<Unseen>& unseen,
                                const Style& style) {
  std::string text(paths.empty() ? nothing_to_undo : "Put back as it was before:\n");
  for (const std::string& path : paths) text += "  " + printable(utf8_text(path)) + "\n";
  return text + changes_in_words(changes, style) + PlanText(plan, style, false).what_is_left() +
         print_gaps(unseen, style);
}

}  // namespace kmodsec
