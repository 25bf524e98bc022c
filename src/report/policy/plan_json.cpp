// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/policy/plan_json.hpp"

#include <optional>
#include <utility>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "model/names.hpp"
#include "report/policy/everything_else_words.hpp"
#include "report/policy/module_change_json.hpp"
#include "report/policy/plan_report.hpp"
#include "report/policy/unified_diff.hpp"
#include "report/usage/keep_set_report.hpp"
#include "report/usage/usage_readiness_report.hpp"

namespace kmodsec {
namespace {

std::string_view deed_of(const FileEdit& edit) {
  if (edit.after.kind == FileKind::absent) return "remove";
  return edit.before.kind == FileKind::absent ? "create" : "rewrite";
}

Json changes_json(const Plan& plan) {
  Json changes = Json::array();
  for (const FileEdit& edit : plan.edits)
    changes.push_back({{"path", utf8_text(edit.path)},
                       {"action", deed_of(edit)},
                       {"diff", utf8_text(unified_diff(edit))}});
  return changes;
}

Json actions_json(const std::vector<Action>& list) {
  Json actions = Json::array();
  for (const Action& action : list)
    actions.push_back({{"command", action.deed.command()}, {"why", action.why}});
  return actions;
}

Json conflicts_json(const Plan& plan) {
  Json conflicts = Json::array();
  for (const Conflict& conflict : plan.conflicts)
    conflicts.push_back({{"module", conflict.module},
                         {"reason", conflict.reason},
                         {"overridden", conflict.overridden}});
  return conflicts;
}

Json open_json(const Plan& plan) {
  Json open = Json::array();
  for (const OpenDeny& deny : plan.open)
    open.push_back({{"module", deny.module}, {"kernel", deny.kernel}, {"why", deny.why}});
  return open;
}

Json autoload_json(const std::optional<AutoloadPlan>& autoload) {
  if (!autoload) return nullptr;
  Json kept = Json::array();
  for (const KeptModule& one : autoload->kept)
    kept.push_back({{"module", one.module}, {"why", one.why}});
  return {{"denied", autoload->denied},
          {"kept", std::move(kept)},
          {"uses_are_known", autoload->uses_are_known}};
}

Json everything_else_json(const std::optional<EverythingElsePlan>& plan) {
  if (!plan) return nullptr;
  Json by_cause = Json::object();
  for (const auto& [cause, modules] : kept_by_cause(plan->set))
    by_cause[std::string(to_string(cause))] = modules;
  Json by_reach = Json::array();
  for (const auto& [position, modules] : closed_by_reach(plan->set))
    by_reach.push_back({{"attacker_position", to_string(position)}, {"modules", modules}});
  Json rarely = Json::array();
  for (const RarelyUsed& one : plan->set.rarely)
    rarely.push_back({{"module", one.module}, {"last_seen", utc_text(one.last_seen)}});
  return {{"mode", to_string(plan->mode)},     {"in_force", plan->in_force},
          {"kept", plan->set.kept.size()},     {"kept_by_cause", std::move(by_cause)},
          {"closed", plan->set.closed.size()}, {"closed_by_reach", std::move(by_reach)},
          {"rarely_used", std::move(rarely)},  {"readiness", readiness_json(plan->readiness)}};
}

Json opened_json(const Plan& plan) {
  Json opened = Json::array();
  for (const OpenedModule& one : plan.opened)
    opened.push_back({{"module", one.exception.module},
                      {"until", utc_text(one.exception.until)},
                      {"reason", one.exception.reason},
                      {"ends_alone", one.ends_alone}});
  return opened;
}

Json load_json(const LoadReport& load) {
  return {{"request", load.preflight.request},
          {"outcome", to_string(load.preflight.outcome)},
          {"reason", text_or_null(load.preflight.reason)},
          {"change", change_json(load.change)}};
}

}  // namespace

Json plan_json(const Plan& plan) {
  return {{"policy", plan.sources},
          {"changes", changes_json(plan)},
          {"actions", actions_json(plan.actions)},
          {"left_to_do", actions_json(plan.left_to_do)},
          {"conflicts", conflicts_json(plan)},
          {"notes", plan.notes},
          {"denied", plan.changes.denied},
          {"not_denied", plan.changes.not_denied},
          {"closed_before", plan.changes.closed_before},
          {"autoload_by_users", autoload_json(plan.autoload)},
          {"everything_else", everything_else_json(plan.everything_else)},
          {"opened", opened_json(plan)},
          {"transaction", plan.transaction ? Json(*plan.transaction) : Json(nullptr)},
          {"open", open_json(plan)}};
}

std::string print_plan_json(const Plan& plan, const Facts& facts) {
  Json document = json_document("plan", facts);
  document.update(plan_json(plan));
  document["unseen"] = to_json(plan.unseen);
  return print_json(document);
}

std::string print_applied_json(const Plan& plan, const Facts& facts,
                               const std::vector<const LoadReport*>& loads) {
  Json document = json_document("apply", facts);
  document.update(plan_json(plan));
  document["loads"] = Json::array();
  for (const LoadReport* load : loads) document["loads"].push_back(load_json(*load));
  document["unseen"] = to_json(plan.unseen);
  return print_json(document);
}

std::string print_reverted_json(const std::vector<std::string>& paths, const Plan& plan,
                                const std::vector<Unseen>& unseen, const Facts& facts) {
  Json document = json_document("revert", facts);
  document["restored"] = Json::array();
  for (const std::string& path : paths) document["restored"].push_back(utf8_text(path));
  document["left_to_do"] = actions_json(plan.left_to_do);
  document["notes"] = plan.notes;
  document["unseen"] = to_json(unseen);
  return print_json(document);
}

}  // namespace kmodsec
