// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/audit_host.hpp"

#include <algorithm>

#include "app/machine.hpp"

namespace kmodsec {
namespace {

constexpr Parts shown_by_audit = {
    Part::digests,  Part::signatures,  Part::packages,         Part::identity,
    Part::indexes,  Part::users,       Part::posture,          Part::writable,
    Part::masked,   Part::load_config, Part::initramfs_images, Part::image_modules,
    Part::baseline, Part::auditd,      Part::other_kernels,    Part::known_cves};

}  // namespace

Result<Facts> read_machine_for_audit(const Options& options, bool every_module) {
  const CollectScope scope{.files = every_module ? FileScope::all : FileScope::loaded_or_all,
                           .parts = shown_by_audit};
  return read_machine(options, scope);
}

bool has_findings(const AuditReport& report, Severity fail_on) {
  return std::ranges::any_of(report.results, [&](const CheckResult& result) {
    const bool counts = !report.comparison || result.new_findings > 0;
    return result.verdict.status == Status::fail && counts && result.check->severity >= fail_on;
  });
}

}  // namespace kmodsec
