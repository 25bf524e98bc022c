// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/boot/image_lines.hpp"
#include "analyze/boot/initramfs_rebuild.hpp"
#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/unseen_images.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

std::string_view words_of(LineSort sort) {
  switch (sort) {
    case LineSort::deny: return "denies";
    case LineSort::options: return "options";
    case LineSort::alias: return "aliases";
    case LineSort::softdep: return "soft dependencies";
  }
  return {};
}

std::string message_of(const LineDifference& difference, const InitramfsImage& image) {
  const std::string_view what = words_of(difference.sort);
  if (difference.of_image.empty())
    return fmt::format("the host has {} of it that {} lacks", what, image.path);
  if (difference.of_host.empty())
    return fmt::format("{} has {} of it that the host lacks", image.path, what);
  return fmt::format("{} has other {} of it than the host", image.path, what);
}

void add_evidence(const std::vector<const ConfigLine*>& lines, const std::string& where,
                  std::vector<Evidence>& evidence) {
  for (const ConfigLine* line : lines) evidence.push_back(evidence_of(*line));
  if (lines.empty()) evidence.push_back({where, {}, "no such line"});
}

Finding finding_of(const LineDifference& difference, const InitramfsImage& image,
                   const ModuleTree& tree) {
  Finding finding{
      difference.module,
      fmt::format("{}; {}", message_of(difference, image), rebuild_command(image, tree.release)),
      {}};
  add_evidence(difference.of_host, "modprobe.d", finding.evidence);
  add_evidence(difference.of_image, image.path, finding.evidence);
  return finding;
}

/// Whether the side of which a line is missing was seen to its end.
struct SeenSides {
  bool host = false;
  bool image = false;

  bool are_enough_for(const LineDifference& difference) const {
    return (image || difference.of_host.empty()) && (host || difference.of_image.empty());
  }
};

class Judge {
 public:
  explicit Judge(const Facts& facts)
      : facts_(facts),
        host_was_seen_(unseen_configuration(facts).empty()),
        without_own_denies_(!facts.policy ||
                            facts.policy->deny.initramfs == DenyInInitramfs::exclude) {}

  void judge_image(const InitramfsImage& image, const ModuleTree& tree) {
    const SeenSides seen{.host = host_was_seen_, .image = image.load.unseen.empty()};
    for (const LineDifference& difference :
         line_differences(*facts_.load, image, without_own_denies_)) {
      if (seen.are_enough_for(difference)) findings_.push_back(finding_of(difference, image, tree));
    }
    for (const ConfigLine* line : command_lines_of_image_alone(*facts_.load, image))
      findings_.push_back({line->name,
                           fmt::format("{} runs a command when it is asked for there: {}",
                                       image.path, line->argument),
                           {evidence_of(*line)}});
  }

  std::vector<Finding> take() {
    sort_by_subject(findings_);
    return std::move(findings_);
  }

 private:
  const Facts& facts_;
  bool host_was_seen_;
  bool without_own_denies_;
  std::vector<Finding> findings_;
};

/// Of an image that is there: the host's side of the comparison, and whether the policy leaves our
/// own denies out of images.
void note_unseen_host(const Facts& facts, std::vector<Unseen>& unseen) {
  std::ranges::copy(unseen_configuration(facts), std::back_inserter(unseen));
  note_unseen(facts.policy, unseen);
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  if (const auto reason = why_no_modules(facts)) return not_applicable(*reason);
  std::vector<Unseen> unseen = unseen_kernels(facts);
  if (facts.live) note_unseen(facts.kernel.modules_supported, unseen);
  Judge judge_of(facts);
  bool has_image = false;
  for (const ModuleTree& tree : facts.trees) {
    std::ranges::copy(unseen_images(tree), std::back_inserter(unseen));
    if (!tree.initramfs_images) continue;
    has_image = has_image || !tree.initramfs_images->empty();
    for (const InitramfsImage& image : *tree.initramfs_images) judge_of.judge_image(image, tree);
  }
  if (has_image) note_unseen_host(facts, unseen);
  return judge(judge_of.take(), std::move(unseen));
}

}  // namespace

extern const Check initrd_003_initramfs_lines{
    .id = "INITRD-003",
    .title = "The modprobe.d of each initramfs says of its modules what the host's says",
    .fault = "The modprobe.d of an initramfs says something else than the host's",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .method =
        "The lines of modprobe.d in each initramfs of each installed kernel are compared with "
        "those of the host, as far as modprobe there reads them and they are of modules that the "
        "image has. It fails for each module of which one side has a deny, options, an alias or a "
        "soft dependency that the other lacks, and for each install line of the image alone that "
        "runs a command.",
    .rationale =
        "An initramfs has its own copy of modprobe.d, which no package owns and nobody reads. "
        "Until the root file system is there, it alone counts: a command of it runs as root, its "
        "options and aliases decide what a module does and which one is loaded, and a deny that it "
        "lacks denies nothing. A difference is an image that was not built since the host was "
        "changed, or a line that somebody put there.",
    .remedy =
        "Rebuild the image and check whether the difference is gone. A dracut image that is not "
        "host-only leaves /etc/modprobe.d out: add the files with install_items. If a line is only "
        "in the image and no tool put it there, keep the old image as evidence.",
    .follows = {"INITRD-001"},
    .references = {"man:update-initramfs(8)", "man:lsinitramfs(8)", "man:modprobe.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
