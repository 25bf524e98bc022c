// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "analyze/host/owned_paths.hpp"
#include "base/path.hpp"
#include "base/utc_time.hpp"
#include "plan/owned_file.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view unit_folder = "/etc/systemd/system/";

/// A unit, and the link by which `target` starts it; both absent without a text.
std::vector<OwnedFile> unit(std::string_view name, std::string_view target, std::string text) {
  std::vector<OwnedFile> files = {{fmt::format("{}{}", unit_folder, name), {}}};
  if (!text.empty()) files[0].wanted = text_file(std::move(text));
  if (target.empty()) return files;
  OwnedFile link{fmt::format("{}{}.wants/{}", unit_folder, target, name), {}};
  if (files[0].wanted.kind != FileKind::absent) link.wanted = link_to(fmt::format("../{}", name));
  files.push_back(std::move(link));
  return files;
}

std::string service_text(std::string_view what, std::string_view order, std::string_view command) {
  return owned_header(what) + fmt::format(
                                  "[Unit]\nDescription={}\n{}\n[Service]\nType=exec\n"
                                  "ExecStart={}\nProtectHome=yes\nPrivateTmp=yes\n",
                                  what, order, command);
}

/// A service that found the host locked by another transaction, or its disk full, tries again:
/// a load path that was opened for an hour would stay open for good. One that is done, and could
/// not see all that it closed, has nothing to try again.
constexpr std::string_view try_again = "SuccessExitStatus=3\nRestart=on-failure\nRestartSec=1min\n";

/// As OnCalendar= of systemd.timer(5) takes it, in UTC.
std::string calendar_time(std::int64_t seconds) { return utc_text(seconds) + " UTC"; }

}  // namespace

bool needs_units(const PlanInput& input) {
  return input.facts->policy->freeze.level || !input.exceptions.empty();
}

/// It starts after everything else has, waits until nothing is loaded any more, and then asks
/// whether the host is ready. sysctl.d would set the switch before most services have started.
std::vector<OwnedFile> freeze_unit(const PlanInput& input) {
  const FreezePolicy& freeze = input.facts->policy->freeze;
  std::string text;
  if (freeze.level && input.facts->tools.systemd)
    text = service_text("Freeze the loading of kernel modules when this host is ready",
                        "After=multi-user.target graphical.target systemd-modules-load.service\n",
                        fmt::format("{} freeze --yes --when-ready --level {}", input.program.path(),
                                    to_string(*freeze.level))) +
           "\n[Install]\nWantedBy=multi-user.target\n";
  return unit("kmodsec-freeze.service", "multi-user.target", std::move(text));
}

/// Each end of an exception has a line: what is over when the host was off is done at its next
/// boot (Persistent=). A time that is over before the timer starts never comes, so it looks once
/// by itself (OnActiveSec=).
std::vector<OwnedFile> unblock_timer(const PlanInput& input) {
  std::string service;
  std::string timer;
  if (!input.exceptions.empty() && input.facts->tools.systemd) {
    constexpr std::string_view what = "End the exceptions of the module policy that are over";
    service = service_text(what, "", input.program.path() + " apply --yes --unattended")
                  .append(try_again);
    timer = owned_header(what) + fmt::format("[Unit]\nDescription={}\n\n[Timer]\n", what);
    for (const PolicyException& exception : input.exceptions)
      timer += fmt::format("OnCalendar={}\n", calendar_time(exception.until));
    timer +=
        "OnActiveSec=1min\nAccuracySec=1s\nPersistent=yes\n\n[Install]\nWantedBy=timers.target\n";
  }
  std::vector<OwnedFile> files = unit(file_name(unblock_service_path), "", std::move(service));
  for (OwnedFile& file : unit(file_name(unblock_timer_path), "timers.target", std::move(timer)))
    files.push_back(std::move(file));
  return files;
}

}  // namespace kmodsec
