// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/load_model.hpp"
#include "base/shown_text.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

/// The names that lines which count deny.
struct DeniedNames {
  std::unordered_set<std::string_view> by_any_line;
  std::unordered_set<std::string_view> by_install;

  explicit DeniedNames(const LoadConfig& config) {
    for (const ConfigLine* line : lines_that(config, is_deny)) {
      by_any_line.insert(line->name);
      if (is_install_deny(*line)) by_install.insert(line->name);
    }
    const std::vector<std::string>& by_kernel = config.kernel.module_blacklist;
    by_any_line.insert(by_kernel.begin(), by_kernel.end());
  }

  bool has(const ConfigLine& line) const {
    return (line.directive == Directive::blacklist ? by_any_line : by_install).contains(line.name);
  }
};

void add_shadowed_lines(const LoadConfig& config, std::vector<Finding>& findings) {
  const LoadModel model(config, ModuleTree{});
  for (const ConfigLine* line : lines_that(config, is_install_deny)) {
    const ConfigLine* first = model.install_line(line->name);
    if (first == nullptr || is_install_deny(*first)) continue;
    findings.push_back({shown_name(*line),
                        "its deny does not count: an earlier install line does",
                        {evidence_of(*line), evidence_of(*first)}});
  }
}

/// A link to /dev/null in the place of a vendor's file is how an administrator lifts its denies
/// (systemd: man modules-load.d; SUSE: suse-module-tools, README.md).
void add_shadowed_files(const LoadConfig& config, std::vector<Finding>& findings) {
  const DeniedNames denied(config);
  for (const UnreadFile& file : config.unread) {
    if (file.shadowed_by.empty() || file.masked) continue;
    for (const ConfigLine& line : file.lines) {
      if (!is_deny(line) || denied.has(line)) continue;
      findings.push_back({shown_name(line),
                          "its deny is not read: " + file.shadowed_by + " takes the file's place",
                          {evidence_of(line)}});
    }
  }
}

/// What the kernel's command line was meant to deny. A name that something else denies is left out.
void add_idle_parameters(const LoadConfig& config, std::vector<Finding>& findings) {
  const DeniedNames denied(config);
  for (const IdleDeny& idle : config.idle_denies) {
    const std::string name = normalized_module_name(idle.name);
    if (is_module_name(name) && denied.by_any_line.contains(name)) continue;
    findings.push_back({idle.name,
                        "its deny on the kernel's command line denies nothing: " + idle.reason,
                        {{idle.source, idle.line, shortened(idle.text)}}});
  }
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Finding> findings;
  add_shadowed_lines(*facts.load, findings);
  add_shadowed_files(*facts.load, findings);
  add_idle_parameters(*facts.load, findings);
  sort_by_subject(findings);
  return judge(std::move(findings), unseen_configuration(facts));
}

}  // namespace

extern const Check conf_002_deny_line_idle{
    .id = "CONF-002",
    .title = "Every deny counts",
    .fault = "A deny is overruled by another line or file",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .method =
        "All files of modprobe.d in their order, and the kernel's command line. It fails for each "
        "deny that another line, another file or the form of the parameter leaves without effect.",
    .rationale =
        "Of several install lines for a module modprobe obeys the first, in the order of the file "
        "names. Of several files with one name it reads the one in the folder of highest "
        "precedence: /etc, then /run, /usr/local/lib and /usr/lib. A deny that comes too late, or "
        "in a file that is not read, denies nothing. A file that is hidden by a link to /dev/null "
        "was taken away on purpose, and is not reported. On the kernel's command line "
        "modprobe.blacklist= and module_blacklist= take names as the kernel has them, with _ for "
        "-, without quotes; of several module_blacklist= the last counts, and what follows -- is "
        "for init.",
    .remedy =
        "Remove the line that comes first, or give the file with the deny a name that sorts "
        "before it. Where a file hides another of its name, rename one of them. On the command "
        "line write one list of names with _.",
    .references = {"man:modprobe.d(5)", "man:modprobe(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
