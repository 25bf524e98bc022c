// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/check.hpp"

#include <utility>
#include <vector>

#include <fmt/format.h>

namespace kmodsec {
namespace {

constexpr unsigned others_may_read = 044;

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.trust)
    return facts.live ? unknown(facts.trust.error()) : not_applicable("not looked for");
  std::vector<Finding> findings;
  for (const SigningKey& key : facts.trust->signing_keys) {
    if (key.uid == 0 && (key.mode & others_may_read) == 0) continue;
    findings.push_back({key.path,
                        "others than root may read it, and sign modules with it",
                        {{key.path, {}, fmt::format("mode {:04o}, user {}", key.mode, key.uid)}}});
  }
  return judge(std::move(findings), facts.trust->unseen);
}

}  // namespace

extern const Check key_003_signing_key_readable{
    .id = "KEY-003",
    .title = "Only root can read private keys of module signing",
    .fault = "Others than root can read a private key of module signing",
    .severity = Severity::critical,
    .needs = Needs::nothing,
    .method =
        "Owner and mode of the private keys that KEY-002 looks for. It fails for each that others "
        "than root may read.",
    .rationale =
        "Whoever can read the key can sign a module that every machine with its certificate "
        "enrolled will load, this one included.",
    .remedy =
        "Run chown root:root FILE and chmod 0600 FILE. Then replace the key: a copy may be out "
        "already. mokutil --delete takes the old certificate out.",
    .references = {"man:mokutil(1)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
