// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

template <class T>
bool stands_alone(const Seen<std::vector<T>>& text, const Seen<std::vector<T>>& binary) {
  return text && !text->empty() && !binary && binary.error().kind == ErrorKind::not_found &&
         binary.error().subject.ends_with(".bin");
}

/// Where the text is gone as well, nobody knows what the binary index would have held.
template <class T>
void note_hidden(const Seen<T>& text, const Seen<T>& binary, std::vector<Unseen>& unseen) {
  if (!binary && (!text || binary.error().kind != ErrorKind::not_found))
    unseen.push_back(unseen_because(binary.error()));
}

Finding finding_of(const ModuleTree& tree, std::string_view name, std::string_view effect) {
  const std::string path = fmt::format("{}/{}", tree.folder, name);
  return {path + ".bin",
          fmt::format("is not there: {}", effect),
          {{path, {}, fmt::format("only {}", name)}}};
}

/// Of busybox, which reads the text, nothing is amiss.
bool reads_binary_indexes(const LoadConfig& config) {
  return config.loader.kind != LoaderKind::busybox &&
         config.loader.kind != LoaderKind::busybox_small;
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (lacks_module_support(facts)) return not_applicable(std::string(no_module_support));
  if (!facts.load) return unknown(facts.load.error());
  if (!reads_binary_indexes(*facts.load))
    return not_applicable("the kernel runs busybox, which reads the text of the indexes");
  if (facts.trees.empty()) return not_applicable("no kernel is installed");
  std::vector<Finding> findings;
  std::vector<Unseen> unseen;
  if (facts.live) note_unseen(facts.kernel.modules_supported, unseen);
  if (!facts.installed) unseen.push_back(unseen_because(facts.installed.error()));
  for (const ModuleTree& tree : facts.trees) {
    note_hidden(tree.index, tree.binary_index, unseen);
    note_hidden(tree.aliases, tree.binary_aliases, unseen);
    if (stands_alone(tree.index, tree.binary_index))
      findings.push_back(finding_of(tree, "modules.dep", "modprobe finds no module by its name"));
    if (stands_alone(tree.aliases, tree.binary_aliases))
      findings.push_back(
          finding_of(tree, "modules.alias", "no request by an alias leads to a module"));
  }
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace

extern const Check file_011_binary_index_missing{
    .id = "FILE-011",
    .title = "Every kernel has the indexes that modprobe reads",
    .fault = "A kernel lacks the indexes that modprobe reads",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .method =
        "The binary indexes of each installed kernel. It fails for each that is missing where its "
        "text is there.",
    .rationale =
        "kmod reads modules.dep.bin and modules.alias.bin, never the text beside them. Without "
        "them modprobe fails for every module and nothing is loaded on demand, until depmod is "
        "run: what was to protect the host is not there, and what seems closed opens with the "
        "next depmod.",
    .remedy = "Run depmod RELEASE, which rebuilds the indexes.",
    .references = {"kmod:libkmod/libkmod-module.c", "man:depmod(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
