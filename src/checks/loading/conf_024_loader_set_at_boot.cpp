// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"

namespace kmodsec {
namespace {

/// Those of the distributions, the one that the kernel was built with, or that of the store of
/// NixOS or Guix.
bool is_own_modprobe(const std::string& path, const Facts& facts) {
  if (path.empty() || path == "/sbin/modprobe" || path == "/usr/sbin/modprobe") return true;
  const ModuleLoader& loader = facts.load->loader;
  if (loader.of_store && loader.path == path && path.ends_with("modprobe")) return true;
  const auto& config = facts.kernel.config;
  if (!config) return false;
  const auto built_in = config->find("CONFIG_MODPROBE_PATH");
  return built_in != config->end() && built_in->second == path;
}

Finding finding_of(const LoaderSetting& setting) {
  Finding finding{setting.path,
                  "is what the kernel runs as root for each module that is asked for, once this "
                  "line has set kernel.modprobe",
                  {{setting.source, setting.line, "kernel.modprobe = " + setting.path}}};
  for (const Ownership& guard : setting.owners) {
    if (!others_may_write(guard)) continue;
    finding.message +=
        fmt::format("; others than root may write {}, and so decide what it is", guard.path);
    finding.evidence.push_back({guard.path, {}, describe(guard)});
  }
  return finding;
}

/// sysctl(8) reads /etc/sysctl.conf behind all others, and systemd-sysctl, which most hosts run,
/// does not read it.
std::vector<LoaderSetting> deciding(const std::vector<LoaderSetting>& settings) {
  std::vector<LoaderSetting> last;
  if (settings.empty()) return last;
  const auto is_of_folder = [](const LoaderSetting& setting) {
    return !setting.source.ends_with("/sysctl.conf");
  };
  last.push_back(settings.back());
  const auto of_folder = std::find_if(settings.rbegin(), settings.rend(), is_of_folder);
  if (of_folder != settings.rbegin() && of_folder != settings.rend()) last.push_back(*of_folder);
  return last;
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Finding> findings;
  for (const LoaderSetting& setting : deciding(facts.load->loader_settings)) {
    if (!is_own_modprobe(setting.path, facts)) findings.push_back(finding_of(setting));
  }
  return judge(std::move(findings), unseen_loader_settings(facts));
}

}  // namespace

extern const Check conf_024_loader_set_at_boot{
    .id = "CONF-024",
    .title = "Nothing sets kernel.modprobe to another program while the host starts",
    .fault = "A line sets kernel.modprobe to another program than the system's own modprobe",
    .severity = Severity::high,
    .needs = Needs::nothing,
    .method =
        "sysctl.d, /etc/sysctl.conf and sysctl.kernel.modprobe= of the kernel's command line. It "
        "fails where the line that decides names another program than /sbin/modprobe, what the "
        "kernel was built with, or the one in the store of NixOS and Guix. Where the last line is "
        "in /etc/sysctl.conf, which systemd does not read, the last of the others counts as well. "
        "Named are the "
        "program, its folder and those above that others than root may write: whoever may create "
        "an absent program has it run as root.",
    .rationale =
        "The program named in kernel.modprobe is run as root in the initial namespaces whenever "
        "a module is asked for, and any user can ask for some. A line of sysctl.d brings such a "
        "program back at each boot, where CONF-015 sees it only once it runs.",
    .remedy =
        "Find out who wrote the line and remove it. To end loading on demand altogether, set an "
        "empty value.",
    .references = {"man:sysctl.d(5)", "linux:kernel/module/kmod.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
