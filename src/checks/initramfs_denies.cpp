// SPDX-License-Identifier: GPL-2.0-or-later
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/boot_image_rebuild.hpp"
#include "analyze/doors.hpp"
#include "analyze/judge.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

/// The line that closes the module; nothing when a door other than that of the image is open.
const DoorVerdict* closed_but_for_images(const ModuleDoors& module) {
  const DoorVerdict* closed = nullptr;
  for (const DoorVerdict& verdict : module.doors) {
    if (verdict.door == Door::insmod || verdict.door == Door::initramfs) continue;
    if (verdict.outcome == DoorOutcome::loads) return nullptr;
    if (verdict.decided_by) closed = &verdict;
  }
  return closed;
}

void judge_image(const Doors& doors, const ModuleTree& tree, std::size_t number,
                 std::vector<Finding>& findings) {
  const BootImage& image = (*tree.boot_images)[number];
  std::set<std::string> names;
  for (const ImageModule& held : image.modules) names.insert(held.name);
  for (const std::string& name : names) {
    const DoorVerdict door = doors.images()[number]->judge(name, doors.has_alias(name));
    if (door.outcome != DoorOutcome::loads) continue;
    const ModuleDoors module = doors.of(name);
    const DoorVerdict* closed = closed_but_for_images(module);
    if (closed == nullptr) continue;
    const DecidingLine& line = *closed->decided_by;
    findings.push_back({name,
                        fmt::format("denied, but {} loads it before the deny counts; {}",
                                    image.path, rebuild_command(image, tree.release)),
                        {{line.file, line.line, line.text}, {image.path, {}, door.note}}});
  }
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Finding> findings;
  std::vector<Unseen> unseen;
  for (const ModuleTree& tree : facts.trees) {
    if (!tree.boot_images) {
      unseen.push_back(unseen_because(tree.boot_images.error()));
      continue;
    }
    const Doors doors(facts, tree);
    for (std::size_t i = 0; i < tree.boot_images->size(); ++i)
      judge_image(doors, tree, i, findings);
  }
  sort_by_subject(findings);
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace

extern const Check initramfs_denies{
    .id = "INITRD-001",
    .title = "No initramfs lets in what the host denies",
    .severity = Severity::high,
    .needs = Needs::nothing,
    .rationale =
        "An initramfs has a copy of modprobe.d of the day on which it was made, and loads drivers "
        "before the root file system, with its denies, is there. A deny that is younger than the "
        "image does not hold at boot.",
    .remedy =
        "Rebuild the image of each kernel: update-initramfs -u -k all, dracut --regenerate-all "
        "--force, or mkinitcpio -P. A dracut image that is not host-only leaves /etc/modprobe.d "
        "out: add the files with install_items.",
    .references = {"man:update-initramfs(8)", "man:dracut.conf(5)", "man:mkinitcpio(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
