// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/boot/initramfs_rebuild.hpp"
#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/unseen_images.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

void judge_image(const ModuleTree& tree, const InitramfsImage& image,
                 std::vector<Finding>& findings, std::vector<Unseen>& unseen) {
  for (const ImageModule& module : image.modules) {
    if (module.as_installed) continue;
    if (module.sha256.empty())
      unseen.push_back({image.path + ":" + module.path, "its content was not read"});
    if (module.sha256.empty() || module.sha256 == module.installed_sha256) continue;
    const std::string what = module.installed_sha256.empty()
                                 ? "in the image, but not among the installed modules"
                                 : "the module in the image differs from the installed one";
    findings.push_back({module.name.empty() ? module.path : module.name,
                        fmt::format("{}; {}", what, rebuild_command(image, tree.release)),
                        {{image.path + ":" + module.path, {}, "sha256 " + module.sha256},
                         {tree.folder,
                          {},
                          module.installed_sha256.empty() ? "no such module"
                                                          : "sha256 " + module.installed_sha256}}});
  }
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (const auto reason = why_no_modules(facts)) return not_applicable(*reason);
  std::vector<Finding> findings;
  std::vector<Unseen> unseen = unseen_kernels(facts);
  if (facts.live) note_unseen(facts.kernel.modules_supported, unseen);
  for (const ModuleTree& tree : facts.trees) {
    if (!tree.initramfs_images) {
      unseen.push_back(unseen_because(tree.initramfs_images.error()));
      continue;
    }
    std::ranges::copy(unseen_images(tree), std::back_inserter(unseen));
    for (const InitramfsImage& image : *tree.initramfs_images)
      judge_image(tree, image, findings, unseen);
  }
  sort_by_subject(findings);
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace

extern const Check initrd_002_initramfs_modules{
    .id = "INITRD-002",
    .title = "The modules in each initramfs are the installed ones",
    .fault = "An initramfs has other modules than the installed ones",
    .severity = Severity::high,
    .needs = Needs::nothing,
    .method =
        "The SHA-256 of each module in each initramfs is compared with that of the installed "
        "module. It fails for each that differs, or that is not installed.",
    .rationale =
        "What a boot loads first comes from the initramfs, which no package owns and few tools "
        "look into. A module there that differs from the installed one is an old copy of a module "
        "that was updated, perhaps to close a vulnerability, or code that somebody put there.",
    .remedy =
        "Rebuild the image and check whether the difference is gone. If no update explains it, "
        "keep the old image as evidence.",
    .references = {"man:update-initramfs(8)", "man:lsinitramfs(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
