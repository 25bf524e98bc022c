// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/check.hpp"

#include "analyze/kernel/running_image.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived& derived) {
  if (derived.running_tree == nullptr)
    return not_applicable("no folder of this kernel was examined");
  const Seen<KernelImageFile>& image = derived.running_tree->image;
  if (!image) return unknown(image.error());
  if (!facts.kernel.version) return unknown(facts.kernel.version.error());
  if (is_running_image(facts.kernel, *image)) return judge({});
  return judge({{"kernel",
                 "was upgraded under the running system: modules on the disk belong to the new one",
                 {{image->path, {}, image->version},
                  {"/proc/sys/kernel/version", {}, *facts.kernel.version}}}});
}

}  // namespace

extern const Check live_002_kernel_on_disk{
    .id = "LIVE-002",
    .title = "The running kernel is the one on the disk",
    .fault = "The running kernel is not the one on the disk",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .method =
        "The version of the running kernel is compared with that of its image on the disk. It "
        "fails where they differ.",
    .rationale =
        "Distributions replace a kernel without a new release number. Until the next boot the "
        "modules on the disk were built and signed for another kernel than the one that runs: "
        "they may not load, and an old vulnerability is still open.",
    .remedy = "Reboot into the kernel that is installed.",
    .references = {"man:uname(1)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
