// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/kernel/taint.hpp"

namespace kmodsec {
void sort_by_subject(std::vector<Finding>& findings) {
  const auto key = [](const Finding& finding) {
    std::vector<std::string> texts = {finding.subject, finding.message};
    for (const Evidence& evidence : finding.evidence) {
      texts.push_back(evidence.source);
      texts.push_back(evidence.value);
    }
    return texts;
  };
  std::ranges::stable_sort(findings, {}, key);
}

std::vector<Unseen> unseen_files(const Facts& facts, std::vector<Unseen> MaskedPaths::* sort) {
  if (!facts.masked) return {unseen_because(facts.masked.error())};
  return (*facts.masked).*sort;
}

Verdict judge_taint_letter(const Facts& facts, char letter, std::string_view message) {
  if (!facts.loaded) return unknown(facts.loaded.error());
  std::vector<Finding> findings;
  for (const LoadedModule& module : *facts.loaded) {
    if (module.taint.find(letter) == std::string::npos) continue;
    findings.push_back({module.name,
                        std::string(message),
                        {{"/sys/module/" + module.name + "/taint", {}, module.taint}}});
  }
  sort_by_subject(findings);
  return judge(std::move(findings), facts.unseen_loaded);
}

Verdict judge_kernel_taint(const Facts& facts, bool by_module) {
  const auto& taint = facts.kernel.taint;
  if (!taint) return unknown(taint.error());
  std::vector<Finding> findings;
  for (const TaintFlag& flag : decode_taint(*taint)) {
    if (flag.by_module() != by_module || flag.setter == TaintSetter::build) continue;
    findings.push_back(
        {flag.letter == '?' ? fmt::format("taint bit {}", flag.bit)
                            : fmt::format("taint {}", flag.letter),
         std::string(flag.meaning),
         {{"/proc/sys/kernel/tainted", {}, fmt::format("{} has bit {}", *taint, flag.bit)}}});
  }
  return judge(std::move(findings));
}

Verdict judge_loaded_files(const Facts& facts, const Derived& derived, const FindInModule& find,
                           const NeededOfFile& also_needed) {
  if (!facts.loaded) return unknown(facts.loaded.error());
  if (facts.loaded->empty()) return judge({}, facts.unseen_loaded);
  if (const auto error = running_files_were_seen(derived)) return unknown(*error);

  std::vector<Finding> findings;
  std::vector<Unseen> unseen = unseen_files(facts, &MaskedPaths::modules);
  std::ranges::copy(unseen_files(facts, &MaskedPaths::packages), std::back_inserter(unseen));
  std::ranges::copy(derived.running_tree->unseen, std::back_inserter(unseen));
  note_unseen_loaded(facts, unseen);
  for (const LoadedWithFile& module : derived.modules) {
    if (auto finding = find(module)) {
      findings.push_back(std::move(*finding));
    } else if (module.file != nullptr && also_needed) {
      if (const auto error = also_needed(*module.file)) unseen.push_back(unseen_because(*error));
    }
  }
  sort_by_subject(findings);
  return judge(std::move(findings), std::move(unseen));
}

std::optional<Verdict> why_no_module_support(const Facts& facts) {
  const auto& supported = facts.kernel.modules_supported;
  if (!supported) return unknown(supported.error());
  if (!*supported) return not_applicable(std::string(no_module_support));
  return std::nullopt;
}

Error no_running_tree() {
  return {ErrorKind::not_found, "/lib/modules", "the running kernel's folder was not examined"};
}

std::optional<Error> running_files_were_seen(const Derived& derived) {
  if (derived.running_tree == nullptr) return no_running_tree();
  if (derived.running_tree->files) return std::nullopt;
  return derived.running_tree->files.error();
}

std::optional<Error> claim_was_seen(const ModuleFile& file) {
  if (file.package) return std::nullopt;
  return file.package.error();
}

Verdict judge_writable(const Facts& facts, std::vector<Unseen> MaskedPaths::* sort,
                       const std::function<bool(std::string_view)>& concerns,
                       std::string_view message) {
  if (!facts.writable) return unknown(facts.writable.error());
  std::vector<Finding> findings;
  for (const Ownership& path : facts.writable->found) {
    if (concerns(path.leads_to.empty() ? path.path : path.leads_to))
      findings.push_back({path.path, std::string(message), {{path.path, {}, describe(path)}}});
  }
  std::vector<Unseen> unseen = unseen_files(facts, sort);
  for (const Unseen& gap : facts.writable->unseen) {
    if (concerns(gap.what)) unseen.push_back(gap);
  }
  return judge(std::move(findings), std::move(unseen));
}

std::string describe(const Ownership& path) {
  std::string text = fmt::format("mode {:04o}, user {}, group {}", path.mode, path.uid, path.gid);
  if (!path.writers.empty())
    text += "; its access control list gives write access to: " + join(path.writers, ", ");
  if (!path.leads_to.empty()) text += "; it is on the way to " + path.leads_to;
  return text;
}

std::string describe(const PackageClaim& package) {
  return package.version.empty() ? package.name : package.name + " " + package.version;
}

std::vector<Unseen> unclear_of(const std::vector<Ownership>& owners) {
  std::vector<Unseen> unclear;
  for (const Ownership& guard : owners) {
    if (!guard.unclear.empty()) unclear.push_back({guard.path, guard.unclear});
  }
  return unclear;
}

}  // namespace kmodsec
