// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/boot/initramfs_rebuild.hpp"
#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/load_paths.hpp"
#include "analyze/loading/unseen_images.hpp"
#include "base/text.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

using Place = std::tuple<std::string, std::size_t, std::string>;

Place place_of(const DecidingLine& line) { return {line.file, line.line, line.text}; }

/// The line by which the host denies a module: its own install line, or the first that closes it.
/// Nothing when a load path other than that of the image is open, or without an install line leads
/// to a program of which nobody knows whether it loads the module.
std::optional<Place> deny_of(const LoadPaths& load_paths, const std::string& name) {
  const ModuleLoadPaths module = load_paths.of(name);
  bool runs = false;
  std::optional<Place> place;
  for (const LoadPathVerdict& verdict : module.load_paths) {
    if (verdict.load_path == LoadPath::insmod || verdict.load_path == LoadPath::initramfs) continue;
    if (verdict.outcome == LoadPathOutcome::loads) return std::nullopt;
    if (verdict.outcome == LoadPathOutcome::runs) runs = true;
    if (!place && verdict.decided_by) place = place_of(*verdict.decided_by);
  }
  const ConfigLine* own = load_paths.model().install_line(name);
  if (own != nullptr && is_install_deny(*own)) return place_of(deciding(*own));
  return runs ? std::nullopt : place;
}

/// What one image lets in of what the host denies, by the line of the host that decides: its own
/// install line, where it has one.
using LetIn = std::map<Place, std::vector<std::string>>;

LetIn let_in_by(const LoadPaths& load_paths, const InitramfsImage& image,
                const ImageLoadPath& load_path) {
  std::set<std::string> names;
  for (const ImageModule& held : image.modules) names.insert(held.name);
  LetIn let_in;
  for (const std::string& name : names) {
    if (load_paths.loads_by_name(name) || load_path.judge(name).outcome != LoadPathOutcome::loads)
      continue;
    if (const auto place = deny_of(load_paths, name)) let_in[*place].push_back(name);
  }
  return let_in;
}

bool is_at(const ConfigLine* line, const Place& place) {
  return line != nullptr && std::tie(line->source, line->line, line->text) == place;
}

/// "; with it: uas, ums_alauda and 12 more".
std::string listed(const std::vector<std::string>& others) {
  constexpr std::size_t most = 5;
  return others.empty() ? "" : "; with it: " + first_few(others, most);
}

/// Those that the line names come first; the others are only closed because they need one of them.
std::vector<std::string> named_by(const LoadModel& model, const Place& place,
                                  std::vector<std::string>& names) {
  const auto is_named = [&](const std::string& name) {
    return is_at(model.install_line(name), place) || is_at(model.blacklist_line(name), place);
  };
  auto others = std::ranges::stable_partition(names, is_named).begin();
  if (others == names.begin()) ++others;
  std::vector<std::string> named(names.begin(), others);
  names.erase(names.begin(), others);
  return named;
}

/// Whether the image has the line too: then it is no older than the deny.
bool has_line(const InitramfsImage& image, const std::string& text) {
  return std::ranges::any_of(image.load.lines,
                             [&](const ConfigLine& line) { return deciding(line).text == text; });
}

std::string message_of(const std::string& module, const std::string& with,
                       const InitramfsImage& image, const ModuleTree& tree,
                       const std::string& text) {
  if (has_line(image, text))
    return fmt::format(
        "denied, but {} loads it although it has the deny, too{}; what asks for it there: "
        "kmodsec doors {}",
        image.path, with, module);
  return fmt::format("denied, but {} loads it before the deny counts{}; {}", image.path, with,
                     rebuild_command(image, tree.release));
}

void judge_image(const LoadPaths& load_paths, const ModuleTree& tree, std::size_t number,
                 std::vector<Finding>& findings) {
  const InitramfsImage& image = (*tree.initramfs_images)[number];
  const ImageLoadPath& load_path = *load_paths.images()[number];
  LetIn let_in = let_in_by(load_paths, image, load_path);
  for (auto& [place, others] : let_in) {
    const auto& [file, line, text] = place;
    for (const std::string& name : named_by(load_paths.model(), place, others)) {
      const LoadPathVerdict verdict = load_path.judge(name);
      std::string_view note = verdict.note;
      if (note.starts_with(image.path + ": ")) note.remove_prefix(image.path.size() + 2);
      findings.push_back({name,
                          message_of(name, listed(std::exchange(others, {})), image, tree, text),
                          {{file, line, text}, {image.path, {}, std::string(note)}}});
    }
  }
}

/// What hides a kernel, a deny of the host, or what an image would let in.
std::vector<Unseen> unseen_of_images(const Facts& facts) {
  const bool has_image = std::ranges::any_of(facts.trees, [](const ModuleTree& tree) {
    return tree.initramfs_images && !tree.initramfs_images->empty();
  });
  return has_image ? unseen_load_paths(facts) : unseen_kernels(facts);
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  if (const auto reason = why_no_modules(facts)) return not_applicable(*reason);
  std::vector<Finding> findings;
  std::vector<Unseen> unseen = unseen_of_images(facts);
  if (facts.live) note_unseen(facts.kernel.modules_supported, unseen);
  for (const ModuleTree& tree : facts.trees) {
    std::ranges::copy(unseen_images(tree), std::back_inserter(unseen));
    if (!tree.initramfs_images) continue;
    const LoadPaths load_paths(facts, tree);
    for (std::size_t i = 0; i < tree.initramfs_images->size(); ++i)
      judge_image(load_paths, tree, i, findings);
  }
  sort_by_subject(findings);
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace

extern const Check initrd_001_initramfs_denies{
    .id = "INITRD-001",
    .title = "No initramfs lets in what the host denies",
    .fault = "An initramfs lets in what the host denies",
    .severity = Severity::high,
    .needs = Needs::nothing,
    .method =
        "Each initramfs of each installed kernel: its modules, its modprobe.d, and what asks for "
        "modules there. It fails for each module that the host denies and that the image loads. A "
        "module that needs one which the image does not have is not loaded there.",
    .rationale =
        "An initramfs has its own copy of modprobe.d, from the day on which it was built, and "
        "loads drivers before the root file system is mounted. A deny that is newer than the image "
        "does not hold at boot. Judged is what is requested there: by devices, by the image's own "
        "lists, by the command line and by the mount of the root file system.",
    .remedy =
        "Rebuild the image of each kernel: update-initramfs -u -k all, dracut --regenerate-all "
        "--force, or mkinitcpio -P. A dracut image that is not host-only leaves /etc/modprobe.d "
        "out: add the files with install_items.",
    .references = {"man:update-initramfs(8)", "man:dracut.conf(5)", "man:mkinitcpio(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
