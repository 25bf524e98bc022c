// SPDX-License-Identifier: GPL-2.0-or-later
#include <string_view>
#include <utility>
#include <vector>

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

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Finding> findings;
  const std::vector<LoaderSetting>& settings = facts.load->loader_settings;
  if (!settings.empty() && !is_own_modprobe(settings.back().path, facts)) {
    const LoaderSetting& last = settings.back();
    findings.push_back({last.path,
                        "is what the kernel runs as root for each module that is asked for, once "
                        "this line has set kernel.modprobe",
                        {{last.source, last.line, "kernel.modprobe = " + last.path}}});
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
        "kernel was built with, or the one in the store of NixOS and Guix.",
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
