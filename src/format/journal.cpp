// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/journal.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace kmodsec {
namespace {

using nlohmann::json;

constexpr std::string_view schema = "kmodsec.transaction/1";

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

/// Paths are bytes; JSON has text.
std::string bytes_of(const json& hex) {
  const auto bytes = from_hex(hex.get<std::string>());
  if (!bytes) complain(hex, "not hexadecimal");
  return *bytes;
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
          {"result", saved.result}};
}

bool is_plain_name(const std::string& name) {
  return std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
}

SavedPath read_saved(const json& document) {
  SavedPath saved;
  saved.path = bytes_of(document.at("path_hex"));
  saved.before.kind = read_kind(document.at("kind"));
  saved.before.content = bytes_of(document.at("target_hex"));
  document.at("mode").get_to(saved.before.mode);
  document.at("uid").get_to(saved.before.uid);
  document.at("gid").get_to(saved.before.gid);
  document.at("copy").get_to(saved.copy);
  document.at("made_by_program").get_to(saved.made_by_program);
  document.at("result").get_to(saved.result);
  if (!saved.path.starts_with('/') || !is_plain_name(saved.copy))
    complain(document, "a path that leads elsewhere");
  return saved;
}

Transaction read_transaction(const json& document) {
  Transaction transaction;
  document.at("number").get_to(transaction.number);
  transaction.state = read_state(document.at("state"));
  document.at("time").get_to(transaction.time);
  for (const json& saved : document.at("paths")) transaction.paths.push_back(read_saved(saved));
  for (const json& program : document.at("programs")) {
    ProgramRun& run = transaction.programs.emplace_back();
    program.at("command").get_to(run.command);
    program.at("undo").get_to(run.undo);
    if (run.command.empty()) complain(program, "a program without a name");
  }
  return transaction;
}

}  // namespace

std::string print_journal(const Transaction& transaction) {
  json document = {{"schema", schema},
                   {"number", transaction.number},
                   {"state", transaction.state == TransactionState::done ? "done" : "begun"},
                   {"time", transaction.time},
                   {"paths", json::array()},
                   {"programs", json::array()}};
  for (const ProgramRun& program : transaction.programs)
    document["programs"].push_back({{"command", program.command}, {"undo", program.undo}});
  for (const SavedPath& saved : transaction.paths) document["paths"].push_back(to_document(saved));
  return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<Transaction> parse_journal(std::string_view text) {
  const json document = json::parse(text, nullptr, false);
  if (!document.is_object() || document.value("schema", json()) != schema)
    return failure(ErrorKind::malformed, "", "not a journal of this kmodsec");
  try {
    return read_transaction(document);
  } catch (const json::exception& problem) {
    return failure(ErrorKind::malformed, "", std::string("damaged journal: ") + problem.what());
  }
}

}  // namespace kmodsec
