// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/kernel_gates.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "analyze/kernel/posture_evidence.hpp"
#include "analyze/loading/tree_load_config.hpp"
#include "analyze/signatures/trust.hpp"
#include "base/shown_text.hpp"
#include "base/text.hpp"
#include "model/kernel/kernel_options.hpp"
#include "model/modules/index_in_use.hpp"
#include "model/names.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view command_line = "/proc/cmdline";
constexpr std::string_view helper_setting = "/proc/sys/kernel/modprobe";

bool needs_trust(SignatureStatus status) {
  return status == SignatureStatus::unsigned_ || status == SignatureStatus::untrusted ||
         status == SignatureStatus::invalid || status == SignatureStatus::malformed;
}

std::string why_fatal(const SignatureVerdict& verdict) {
  if (verdict.status == SignatureStatus::malformed)
    return "its signature is malformed, which a kernel refuses even where it asks for none: " +
           verdict.reason;
  if (verdict.status == SignatureStatus::revoked)
    return "its signature is revoked, which this kernel refuses even where it asks for none";
  return "its signature is invalid: it was altered after it was signed";
}

/// A kernel without CONFIG_MODULE_SIG looks at no signature. One that runs is asked itself; of
/// another its build options must tell that it does.
bool checks_signatures(const Facts& facts, const ModuleTree& tree, bool is_running) {
  const Seen<KernelConfig>& config =
      is_running && facts.kernel.config ? facts.kernel.config : tree.config;
  return config ? is_built_in(config, "CONFIG_MODULE_SIG") : is_running;
}

std::optional<Reason> refusal_of_signature(const SignatureVerdict& verdict,
                                           const std::optional<DecidingLine>& enforcement) {
  if (verdict.is_fatal) return Reason{{}, why_fatal(verdict)};
  if (!enforcement || !needs_trust(verdict.status)) return std::nullopt;
  return Reason{enforcement, fmt::format("its signature is {}, and this kernel asks for one",
                                         to_string(verdict.status))};
}

std::optional<Reason> refusal_of_damage(const ModuleFile& file) {
  if (file.content || file.content.error().kind != ErrorKind::malformed) return std::nullopt;
  return Reason{{}, "its file is damaged: " + shortened(file.content.error().reason)};
}

/// Of several files of one name the one that the index names is loaded.
std::vector<const ModuleFile*> files_in_use(const ModuleTree& tree) {
  std::unordered_map<std::string_view, std::string> indexed;
  if (index_in_use(tree)) {
    for (const IndexEntry& entry : *index_in_use(tree))
      indexed.try_emplace(entry.name, path_of(tree, entry.path));
  }
  std::unordered_map<std::string_view, const ModuleFile*> by_name;
  for (const ModuleFile& file : *tree.files) {
    const auto [found, is_first] = by_name.try_emplace(file.name, &file);
    const auto path = indexed.find(file.name);
    if (!is_first && path != indexed.end() && path->second == file.path) found->second = &file;
  }
  std::vector<const ModuleFile*> files;
  for (const auto& [name, file] : by_name) files.push_back(file);
  return files;
}

/// Snapshots of older releases have the setting alone.
ModuleLoader loader_of(const Facts& facts) {
  ModuleLoader loader = facts.load->loader;
  const auto& helper = facts.kernel.modprobe_helper;
  if (loader.path_from.empty() && helper && helper->path.empty()) {
    loader.kind = LoaderKind::none;
    loader.path_from = helper_setting;
  }
  return loader;
}

/// A program that loads nothing, or is not there, does so only as long as nobody but root decides
/// what it is.
std::optional<std::string> why_others_decide(const ModuleLoader& loader) {
  const bool is_gone = loader.kind == LoaderKind::missing;
  if (loader.path.empty() || (!is_gone && loader.kind != LoaderKind::none)) return std::nullopt;
  const auto guard = std::ranges::find_if(loader.owners, others_may_write);
  if (guard == loader.owners.end()) return std::nullopt;
  return is_gone ? fmt::format(
                       "the kernel asks {}, which is not there, but others than root may write {} "
                       "and create it",
                       loader.path, guard->path)
                 : fmt::format(
                       "the kernel asks {}, which loads nothing, but others than root may write {}",
                       loader.path, guard->path);
}

}  // namespace

std::optional<DecidingLine> signature_enforcement(const KernelState& kernel) {
  if (kernel.sig_enforce.value_or(false))
    return DecidingLine{"/sys/module/module/parameters/sig_enforce", 1, "Y"};
  if (kernel.lockdown.value_or(Lockdown::none) == Lockdown::none) return std::nullopt;
  const Evidence evidence = lockdown_evidence(kernel);
  return DecidingLine{evidence.source, 1, shortened(evidence.value)};
}

KernelGates::KernelGates(const Facts& facts, const ModuleTree& tree) {
  const bool is_running = facts.live && facts.kernel.release == tree.release;
  look_at_files(facts, tree, is_running);
  if (facts.load) {
    look_at_command_line(kernel_parameters_of_tree(*facts.load, tree));
    const ModuleLoader loader = loader_of(facts);
    if (is_running || loader.path_from != helper_setting) look_at_helper(loader);
  }
  if (!is_running) return;
  if (facts.kernel.modules_disabled.value_or(false))
    all_ = Reason{DecidingLine{"/proc/sys/kernel/modules_disabled", 1, "1"},
                  "loading is off until the next boot"};
}

void KernelGates::look_at_command_line(const KernelLoadParameters& parameters) {
  const std::string file =
      parameters.source.empty() ? std::string(command_line) : parameters.source;
  if (parameters.nomodule)
    all_ = Reason{DecidingLine{file, parameters.line, "nomodule"}, "this kernel loads no modules"};
  const std::vector<std::string>& names = parameters.module_blacklist;
  blacklisted_.insert(names.begin(), names.end());
  by_blacklist_ = {
      DecidingLine{file, parameters.line, shortened("module_blacklist=" + join(names, ","))},
      "the kernel itself refuses it"};
}

void KernelGates::look_at_helper(const ModuleLoader& loader) {
  const DecidingLine line{std::string(helper_setting), 1, loader.path};
  if (const auto why = why_others_decide(loader)) {
    unknown_program_ = Reason{line, *why};
    return;
  }
  switch (loader.kind) {
    case LoaderKind::none:
      no_requests_ = Reason{line, loader.path.empty()
                                      ? "the kernel asks for no modules"
                                      : "the kernel asks " + loader.path + ", which loads nothing"};
      break;
    case LoaderKind::missing:
      no_requests_ = Reason{line, "the kernel asks " + loader.path + ", which is not there"};
      break;
    case LoaderKind::other:
      unknown_program_ = Reason{
          line, "the kernel runs " + loader.path + ", and whether that loads it is not known"};
      break;
    case LoaderKind::kmod:
    case LoaderKind::busybox:
    case LoaderKind::busybox_small: break;
  }
}

/// A signature that does not fit, or that no kernel reads, is refused whether signatures are
/// enforced or not (linux: kernel/module/signing.c, module_sig_check), and so is what is no whole
/// ELF file (kernel/module/main.c, elf_validity_check).
void KernelGates::look_at_files(const Facts& facts, const ModuleTree& tree, bool is_running) {
  if (!tree.files) return;
  const bool checks = facts.trust && checks_signatures(facts, tree, is_running);
  const auto enforcement = is_running ? signature_enforcement(facts.kernel) : std::nullopt;
  const Trust trust(facts, &tree);
  for (const ModuleFile* file : files_in_use(tree)) {
    const SignatureVerdict verdict = trust.judge(*file);
    auto refusal = refusal_of_damage(*file);
    if (!refusal && checks) refusal = refusal_of_signature(verdict, enforcement);
    if (!refusal) continue;
    const bool of_every_copy = refusal->by || verdict.status == SignatureStatus::revoked;
    by_file_.try_emplace(file->name, FileRefusal{std::move(*refusal), of_every_copy});
  }
}

std::optional<Reason> KernelGates::refusal_of(std::string_view module) const {
  if (all_) return all_;
  if (blacklisted_.contains(module)) return by_blacklist_;
  const auto refused = by_file_.find(module);
  return refused == by_file_.end() ? std::nullopt : std::optional(refused->second.reason);
}

std::optional<Reason> KernelGates::refusal_in_images(std::string_view module) const {
  const auto refused = by_file_.find(module);
  const bool may_be_whole_there = refused != by_file_.end() && !refused->second.of_every_copy;
  if (may_be_whole_there && !all_ && !blacklisted_.contains(module)) return std::nullopt;
  return refusal_of(module);
}

}  // namespace kmodsec
