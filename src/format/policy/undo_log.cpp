// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy/undo_log.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

#include <nlohmann/json.hpp>

#include "base/shown_text.hpp"
#include "base/text.hpp"
#include "format/files/json.hpp"

namespace kmodsec {
namespace {

using nlohmann::json;

constexpr std::string_view schema = "kmodsec.transaction/2";

/// With commands instead of actions.
constexpr std::string_view older_schema = "kmodsec.transaction/1";

using Kind = std::pair<std::string_view, FileKind>;

constexpr std::array kinds = {Kind{"absent", FileKind::absent}, Kind{"file", FileKind::file},
                              Kind{"link", FileKind::link}, Kind{"folder", FileKind::folder}};

[[noreturn]] void complain(const json& where, const std::string& what) {
  throw json::other_error::create(501, what, &where);
}

FileKind read_kind(const json& word) {
  const auto found = std::ranges::find(kinds, word.get<std::string>(), &Kind::first);
  if (found == kinds.end()) complain(word, "unknown kind of file");
  return found->second;
}

TransactionState read_state(const json& word) {
  if (word == "done") return TransactionState::done;
  if (word != "begun") complain(word, "unknown state");
  return TransactionState::begun;
}

/// Never cut to fit: an id that is too large would become another one.
std::uint32_t read_number(const json& number) {
  const bool fits = number.is_number_unsigned() &&
                    number.get<std::uint64_t>() <= std::numeric_limits<std::uint32_t>::max();
  if (!fits) complain(number, "not a number of 32 bits");
  return number.get<std::uint32_t>();
}

/// Paths are bytes; JSON has text.
std::string bytes_of(const json& hex) {
  const auto bytes = from_hex(hex.get<std::string>());
  if (!bytes) complain(hex, "not hexadecimal");
  return *bytes;
}

json to_document(const HostAction& action) {
  return {
      {"kind", to_string(action.kind())}, {"release", action.release()}, {"image", action.image()}};
}

HostAction read_action(const json& document) {
  const auto kind = parse_host_action_kind(document.at("kind").get<std::string>());
  const auto action = kind ? HostAction::make(*kind, document.at("release").get<std::string>(),
                                              document.at("image").get<std::string>())
                           : std::nullopt;
  if (!action) complain(document, "not an action of kmodsec");
  return *action;
}

HostAction read_command(const json& command) {
  const auto action = HostAction::of_command(command.get<std::vector<std::string>>());
  if (!action) complain(command, "a program that kmodsec does not run");
  return *action;
}

TransactionAction read_step(const json& document) {
  const json& undo = document.at("undo");
  TransactionAction step{read_action(document.at("do")), {}};
  if (!undo.is_null()) step.undo = read_action(undo);
  return step;
}

TransactionAction read_older_step(const json& document) {
  const json& undo = document.at("undo");
  TransactionAction step{read_command(document.at("command")), {}};
  if (!undo.empty()) step.undo = read_command(undo);
  return step;
}

json to_document(const SavedPath& saved) {
  return {{"path", utf8_text(saved.path)},
          {"path_hex", to_hex(saved.path)},
          {"kind", std::ranges::find(kinds, saved.before.kind, &Kind::second)->first},
          {"target_hex", to_hex(saved.before.content)},
          {"mode", saved.before.mode},
          {"uid", saved.before.uid},
          {"gid", saved.before.gid},
          {"copy", saved.copy},
          {"made_by_program", saved.made_by_program},
          {"result", saved.result},
          {"left", saved.is_left}};
}

bool is_plain_name(const std::string& name) {
  return std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
}

SavedPath read_saved(const json& document) {
  SavedPath saved;
  saved.path = bytes_of(document.at("path_hex"));
  saved.before.kind = read_kind(document.at("kind"));
  saved.before.content = bytes_of(document.at("target_hex"));
  saved.before.mode = read_number(document.at("mode"));
  saved.before.uid = read_number(document.at("uid"));
  saved.before.gid = read_number(document.at("gid"));
  document.at("copy").get_to(saved.copy);
  document.at("made_by_program").get_to(saved.made_by_program);
  document.at("result").get_to(saved.result);
  saved.is_left = document.value("left", false);
  if (!saved.path.starts_with('/') || !is_plain_name(saved.copy))
    complain(document, "a path that leads elsewhere");
  return saved;
}

Transaction read_transaction(const json& document) {
  Transaction transaction;
  transaction.number = read_number(document.at("number"));
  transaction.state = read_state(document.at("state"));
  document.at("time").get_to(transaction.time);
  if (document.contains("reasons")) document.at("reasons").get_to(transaction.reasons);
  for (const json& saved : document.at("paths")) transaction.paths.push_back(read_saved(saved));
  if (document.at("schema") == older_schema) {
    for (const json& step : document.at("programs"))
      transaction.actions.push_back(read_older_step(step));
  } else {
    for (const json& step : document.at("actions")) transaction.actions.push_back(read_step(step));
  }
  return transaction;
}

}  // namespace

std::string print_undo_log(const Transaction& transaction) {
  json document = {{"schema", schema},
                   {"number", transaction.number},
                   {"state", transaction.state == TransactionState::done ? "done" : "begun"},
                   {"time", transaction.time},
                   {"reasons", transaction.reasons},
                   {"paths", json::array()},
                   {"actions", json::array()}};
  for (const TransactionAction& step : transaction.actions)
    document["actions"].push_back(
        {{"do", to_document(step.deed)}, {"undo", step.undo ? to_document(*step.undo) : json()}});
  for (const SavedPath& saved : transaction.paths) document["paths"].push_back(to_document(saved));
  return escaped_json(dump_json(document, 2)) + "\n";
}

Result<Transaction> parse_undo_log(std::string_view text) {
  const json document = parse_json(text);
  const json said = document.is_object() ? document.value("schema", json()) : json();
  if (said != schema && said != older_schema)
    return failure(ErrorKind::malformed, "", "not a journal of this kmodsec");
  try {
    return read_transaction(document);
  } catch (const json::exception& problem) {
    return failure(ErrorKind::malformed, "", std::string("damaged journal: ") + problem.what());
  }
}

}  // namespace kmodsec
