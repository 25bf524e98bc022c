// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include "analyze/signatures/trust.hpp"
#include "analyze/trust_report.hpp"
#include "app/machine.hpp"
#include "app/modules/named_modules.hpp"
#include "cli/verb.hpp"
#include "report/trust_report.hpp"

namespace kmodsec {
namespace {

struct VerifyOptions : ModuleOptions {
  bool all = false;
  bool loaded = false;
  bool verbose = false;
};

void declare(OptionSet& set, VerifyOptions& options) {
  set.arguments("MODULE", options.names, "Names, aliases or files of modules");
  set.flag("--all", options.all, "Every module of the kernel");
  set.flag("--loaded", options.loaded, "The loaded modules, each compared with its file");
  set.flag("--verbose", options.verbose, "Show the modules that are in order, too");
}

/// Modules by name, all of them, or the loaded ones: one of the three.
std::optional<Error> wrong_choice(const VerifyOptions& options) {
  const int choices = static_cast<int>(!options.names.empty()) + static_cast<int>(options.all) +
                      static_cast<int>(options.loaded);
  if (choices == 1) return std::nullopt;
  return Error{ErrorKind::usage, "verify",
               choices == 0 ? "name modules or files, or use --all or --loaded"
                            : "use only one of --all, --loaded and modules by name"};
}

Result<TrustReport> report_on(const VerifyOptions& options, const CollectScope& scope,
                              Facts& facts) {
  const auto read_scope = [&](const CollectScope& one) { return read_machine(options, one); };
  auto read = options.names.empty() ? read_machine(options, scope)
                                    : read_named_modules(options, scope, read_scope);
  if (!read) return std::unexpected(read.error());
  facts = std::move(*read);
  if (options.loaded) return verify_loaded(facts);
  if (options.all) return verify_trees(facts);
  const auto modules = find_named_modules(facts, options);
  if (modules) return verify_named(facts, *modules);
  auto gap = hidden_in_kernel(facts, options);
  if (!gap) return std::unexpected(modules.error());
  TrustReport none = verify_named(facts, {});
  none.unseen.push_back(std::move(*gap));
  return none;
}

bool is_found(const TrustReport& report, Severity fail_on) {
  return std::ranges::any_of(report.modules, [&](const VerifiedModule& module) {
    const bool other = module.identity && module.identity->status == IdentityStatus::different;
    const SignatureStatus status = module.verdict.status;
    const bool is_fault = status != SignatureStatus::valid && status != SignatureStatus::unknown;
    return (is_fault && severity_of(status) >= fail_on) || (other && Severity::high >= fail_on);
  });
}

/// Of modules that are named each is shown; of many only what is not in order, unless asked for.
bool shows_each(const VerifyOptions& options) { return options.verbose || !options.names.empty(); }

Result<Answer> run(const VerifyOptions& options, const Style& style) {
  if (const auto wrong = wrong_choice(options)) return std::unexpected(*wrong);
  CollectScope scope{.files = options.all ? FileScope::all : FileScope::loaded,
                     .parts = {Part::signatures}};
  if (options.loaded) scope.parts |= {Part::identity};
  scope.namesakes = !options.names.empty();
  Facts facts;
  const auto report = report_on(options, scope, facts);
  if (!report) return std::unexpected(report.error());
  return Answer{options.format == "json" ? print_trust_json(*report)
                                         : print_trust_text(*report, style, shows_each(options)),
                outcome_of(report->unseen, is_found(*report, options.fail_on)), report->unseen};
}

}  // namespace

std::unique_ptr<Command> verify_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
