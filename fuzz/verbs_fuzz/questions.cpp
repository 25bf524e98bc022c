// SPDX-License-Identifier: GPL-2.0-or-later
#include "verbs_fuzz/questions.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace kmodsec {
namespace {

using Json = nlohmann::json;

constexpr std::array looking = {
    Question{"audit --format json --data SCRATCH/cves.tsv --root SCRATCH/root"},
    Question{"audit --all --data SCRATCH/cves.tsv --root SCRATCH/root"},
    Question{"verify --all --format json --root SCRATCH/root"},
    Question{"verify --all --root SCRATCH/root"},
    Question{"doors --open --format json --data SCRATCH/cves.tsv --root SCRATCH/root"},
    Question{"doors dummy loop --format json --data SCRATCH/cves.tsv --root SCRATCH/root"},
    Question{"list --on-disk --format json --root SCRATCH/root"},
    Question{"show dummy --data SCRATCH/cves.tsv --root SCRATCH/root"},
    Question{"cves --format json --data SCRATCH/cves.tsv --root SCRATCH/root"},
    Question{"events --root SCRATCH/root"},
    Question{"plan --root SCRATCH/root"},
    Question{"history --root SCRATCH/root"},
    Question{"baseline check --root SCRATCH/root --against SCRATCH/store/baseline.db"},
    Question{"baseline check --root SCRATCH/root --store SCRATCH/store/baseline.db"},
    Question{"baseline check --root SCRATCH/root --store SCRATCH/root/var/lib/kmodsec/baseline.db"},
    Question{"baseline show --format sha256sum --store SCRATCH/store/baseline.db"},
    Question{"audit --format json --data SCRATCH/cves.tsv --snapshot SCRATCH/snapshot.json"},
    Question{"verify --all --snapshot SCRATCH/snapshot.json"},
    Question{"doors --open --data SCRATCH/cves.tsv --snapshot SCRATCH/snapshot.json"},
    Question{"list --snapshot SCRATCH/snapshot.json"},
    Question{"learn show --root SCRATCH/root"},
    Question{"learn show --snapshot SCRATCH/snapshot.json"},
};

constexpr std::array changing = {
    Question{"revert --yes --quiet --root SCRATCH/root", true},
    Question{"deny dummy --yes --quiet --root SCRATCH/root", true},
    Question{"apply --yes --quiet --root SCRATCH/root", true},
};

std::vector<std::string> words_of(const Question& question, const Scratch& scratch) {
  constexpr std::string_view stand_in = "SCRATCH";
  std::vector<std::string> words = {"kmodsec"};
  for (const std::string_view word : split_words(question.words))
    words.push_back(word.starts_with(stand_in)
                        ? scratch.folder() + std::string(word.substr(stand_in.size()))
                        : std::string(word));
  return words;
}

bool is_control(unsigned char byte) { return (byte < 0x20 && byte != '\n') || byte == 0x7F; }

void require_printable(const Question& question, const std::string& text) {
  if (std::ranges::none_of(text, is_control)) return;
  std::fprintf(stderr, "%s\nunsafe for a terminal: %s\n", text.c_str(), question.words.data());
  __builtin_trap();
}

void note(const Json& list, const char* name, auto is_good, std::map<std::string, bool>& judged) {
  for (const Json& item : list) judged[item[name].dump()] = is_good(item);
}

/// Of a module that was not seen every load path is closed; the answer says that it was not.
bool is_denied(const Json& module) {
  return module["denied"] == true && module["presence"] == "loadable";
}

std::map<std::string, bool> judged_in(const std::string& text) {
  std::map<std::string, bool> judged;
  const Json answer = Json::parse(text);
  const std::string schema = answer["schema"];
  if (schema.starts_with("kmodsec.audit"))
    note(
        answer["checks"], "id", [](const Json& check) { return check["status"] == "pass"; },
        judged);
  if (schema.starts_with("kmodsec.verify"))
    note(
        answer["modules"], "path", [](const Json& module) { return module["status"] == "valid"; },
        judged);
  if (schema.starts_with("kmodsec.doors")) note(answer["modules"], "name", is_denied, judged);
  return judged;
}

FuzzedAnswer fuzzed(const Question& question, const Answer& answer) {
  const bool is_json = question.words.find("--format json") != question.words.npos;
  require_printable(question, answer.text);
  return {answer.error ? Outcome::failed : answer.outcome,
          is_json ? judged_in(answer.text) : std::map<std::string, bool>{}};
}

}  // namespace

std::span<const Question> looking_questions() { return looking; }
std::span<const Question> changing_questions() { return changing; }

FuzzedAnswer ask(const Question& question, const Scratch& scratch) {
  const std::vector<std::string> words = words_of(question, scratch);
  std::vector<const char*> pointers;
  for (const std::string& word : words) pointers.push_back(word.c_str());
  const auto line = parse_command_line(static_cast<int>(pointers.size()), pointers.data());
  if (!line) __builtin_trap();
  const auto answer = line->command->run(Style(false));
  return answer ? fuzzed(question, *answer) : FuzzedAnswer{};
}

void require_not_better(const FuzzedAnswer& less, const FuzzedAnswer& whole,
                        const Question& question, const std::string& place) {
  const bool became_clean = less.outcome == Outcome::clean && whole.outcome != Outcome::clean &&
                            whole.outcome != Outcome::failed;
  if (became_clean)
    std::fprintf(stderr, "clean without %s: %s\n", place.c_str(), question.words.data());
  bool is_better = became_clean;
  for (const auto& [name, is_good] : less.is_good) {
    const auto before = whole.is_good.find(name);
    if (!is_good || before == whole.is_good.end() || before->second) continue;
    std::fprintf(stderr, "%s passes without %s: %s\n", name.c_str(), place.c_str(),
                 question.words.data());
    is_better = true;
  }
  if (is_better) __builtin_trap();
}

}  // namespace kmodsec
