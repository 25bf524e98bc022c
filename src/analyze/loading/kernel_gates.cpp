// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/kernel_gates.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "analyze/signatures/trust.hpp"
#include "base/shown_text.hpp"
#include "base/text.hpp"
#include "model/names.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view command_line = "/proc/cmdline";
constexpr std::array<std::string_view, 4> programs_that_do_nothing = {
    "/bin/true", "/usr/bin/true", "/bin/false", "/usr/bin/false"};

bool needs_trust(SignatureStatus status) {
  return status == SignatureStatus::unsigned_ || status == SignatureStatus::untrusted ||
         status == SignatureStatus::invalid || status == SignatureStatus::malformed;
}

}  // namespace

std::optional<DecidingLine> signature_enforcement(const KernelState& kernel) {
  if (kernel.sig_enforce.value_or(false))
    return DecidingLine{"/sys/module/module/parameters/sig_enforce", 1, "Y"};
  const Lockdown lockdown = kernel.lockdown.value_or(Lockdown::none);
  if (lockdown != Lockdown::none)
    return DecidingLine{"/sys/kernel/security/lockdown", 1, std::string(to_string(lockdown))};
  return std::nullopt;
}

KernelGates::KernelGates(const Facts& facts, const ModuleTree& tree) {
  if (facts.load) look_at_command_line(facts.load->kernel);
  const bool is_running = facts.live && facts.kernel.release == tree.release;
  if (!is_running) return;
  if (facts.kernel.modules_disabled.value_or(false))
    all_ = Reason{DecidingLine{"/proc/sys/kernel/modules_disabled", 1, "1"},
                  "loading is off until the next boot"};
  look_at_helper(facts.kernel);
  look_at_signatures(facts, tree);
}

void KernelGates::look_at_command_line(const KernelLoadParameters& parameters) {
  if (parameters.nomodule)
    all_ = Reason{DecidingLine{std::string(command_line), 1, "nomodule"},
                  "this kernel loads no modules"};
  const std::vector<std::string>& names = parameters.module_blacklist;
  blacklisted_.insert(names.begin(), names.end());
  by_blacklist_ = {
      DecidingLine{std::string(command_line), 1, shortened("module_blacklist=" + join(names, ","))},
      "the kernel itself refuses it"};
}

void KernelGates::look_at_helper(const KernelState& kernel) {
  if (!kernel.modprobe_helper) return;
  const ModprobeHelper& helper = *kernel.modprobe_helper;
  const bool does_nothing =
      std::ranges::find(programs_that_do_nothing, std::string_view(helper.path)) !=
      programs_that_do_nothing.end();
  if (!helper.path.empty() && !does_nothing) return;
  no_requests_ =
      Reason{DecidingLine{"/proc/sys/kernel/modprobe", 1, helper.path},
             helper.path.empty() ? "the kernel asks for no modules"
                                 : "the kernel asks " + helper.path + ", which loads nothing"};
}

/// One that does not fit is refused whether signatures are enforced or not (linux:
/// kernel/module/signing.c, module_sig_check).
void KernelGates::look_at_signatures(const Facts& facts, const ModuleTree& tree) {
  if (!tree.files || !facts.trust) return;
  const auto enforcement = signature_enforcement(facts.kernel);
  const Trust trust(facts, &tree);
  for (const ModuleFile& file : *tree.files) {
    const SignatureVerdict verdict = trust.judge(file);
    if (enforcement && needs_trust(verdict.status)) {
      by_signature_.try_emplace(
          file.name,
          Reason{enforcement, fmt::format("its signature is {}, and this kernel asks for one",
                                          to_string(verdict.status))});
    } else if (verdict.status == SignatureStatus::invalid) {
      by_signature_.try_emplace(
          file.name, Reason{{}, "its signature is invalid: it was altered after it was signed"});
    }
  }
}

std::optional<Reason> KernelGates::refusal_of(std::string_view module) const {
  if (all_) return all_;
  if (blacklisted_.contains(module)) return by_blacklist_;
  const auto refused = by_signature_.find(module);
  return refused == by_signature_.end() ? std::nullopt : std::optional(refused->second);
}

}  // namespace kmodsec
