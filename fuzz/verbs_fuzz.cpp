// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whole verbs over a machine made of the input. Beside "no crash": nothing outside of what was
// handed in is opened, nothing is written, no program is started, and no answer gets better when a
// file or folder of the machine cannot be read, or when a file is cut.
#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "target.hpp"
#include "verbs_fuzz/mutate.hpp"
#include "verbs_fuzz/planted_machine.hpp"
#include "verbs_fuzz/questions.hpp"
#include "verbs_fuzz/watched_calls.hpp"

namespace kmodsec {
namespace {

/// The fuzzer has many inputs, and each asks a part: which one is by the input. The corpus has few.
#ifdef KMODSEC_FUZZ
constexpr std::size_t parts = 6;
constexpr std::size_t most_taken_away = 1;
#else
constexpr std::size_t parts = 1;
constexpr std::size_t most_taken_away = 1000;
#endif

struct Asked {
  const Question* question;
  FuzzedAnswer answer;
};

FuzzedAnswer ask_watched(const Question& question, const Scratch& scratch,
                         const std::string& unreadable) {
  const std::string writable = question.changes ? scratch.place("root/") : "";
  const Watch watch({scratch.folder(), writable, unreadable});
  return ask(question, scratch);
}

/// Every file of the machine and every folder on the way to it.
std::vector<std::string> places_in(const std::vector<Planted>& machine) {
  std::set<std::string> places;
  for (const Planted& entry : machine) {
    for (auto end = entry.path.find('/'); end != std::string::npos;
         end = entry.path.find('/', end + 1))
      places.insert(entry.path.substr(0, end));
    places.insert(entry.path);
  }
  return {places.begin(), places.end()};
}

void take_away(const Asked& asked, const std::string& place, const Scratch& scratch) {
  const FuzzedAnswer less = ask_watched(*asked.question, scratch, scratch.place(place));
  require_not_better(less, asked.answer, *asked.question, place);
}

/// The first question is always asked.
std::vector<Asked> look(std::size_t chance, const Scratch& scratch) {
  const auto questions = looking_questions();
  std::vector<Asked> asked;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (i == 0 || i % parts == chance % parts)
      asked.push_back({&questions[i], ask_watched(questions[i], scratch, "")});
  }
  return asked;
}

void take_away_each(std::size_t chance, const std::vector<std::string>& places,
                    const std::vector<Asked>& asked, const Scratch& scratch) {
  for (std::size_t i = 0; i < std::min(most_taken_away, places.size()); ++i) {
    const std::string& place = places[(chance / parts + i) % places.size()];
    take_away(asked[0], place, scratch);
    take_away(asked[(chance / parts / places.size() + i) % asked.size()], place, scratch);
  }
}

/// A file of which the half cannot be taken for the whole: each part of it is counted or signed.
bool tells_its_length(const std::string& path) {
  constexpr std::array ends = {".ko", ".ko.xz", ".ko.zst", ".ko.gz", ".bin", ".db", ".sqlite"};
  return std::ranges::any_of(ends, [&](const char* end) { return path.ends_with(end); }) ||
         path.find("/vmlinuz") != std::string::npos;
}

/// A module that was cut opens no load path in a kernel that asks for its signature.
void cut_each(std::size_t chance, const std::vector<Planted>& machine,
              const std::vector<Asked>& asked, const Scratch& scratch) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < machine.size() && done < most_taken_away; ++i) {
    std::vector<Planted> less = machine;
    Planted& entry = less[(chance / parts + i) % less.size()];
    if (entry.kind != 'f' || !tells_its_length(entry.path)) continue;
    entry.content.resize(entry.content.size() / 2);
    scratch.lay_down(less);
    const Asked& other = asked[(chance / parts + i) % asked.size()];
    for (const Asked* whole : {&asked[0], &other}) {
      if (whole->question->words.starts_with("doors")) continue;
      const Outcome outcome = ask_watched(*whole->question, scratch, "").outcome;
      require_not_better({outcome, {}}, whole->answer, *whole->question,
                         "the half of " + entry.path);
    }
    ++done;
  }
  scratch.lay_down(machine);
}

void change(std::size_t chance, const Scratch& scratch) {
  const auto questions = changing_questions();
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (parts == 1 || i == chance % questions.size()) ask_watched(questions[i], scratch, "");
  }
}

}  // namespace

void examine(std::string_view input) {
  static const Scratch scratch;
  const std::vector<Planted> machine = planted_in(input);
  scratch.lay_down(machine);
  const std::size_t chance = std::hash<std::string_view>{}(input);
  const std::vector<Asked> asked = look(chance, scratch);
  take_away_each(chance, places_in(machine), asked, scratch);
  cut_each(chance, machine, asked, scratch);
  change(chance, scratch);
}

}  // namespace kmodsec

#ifdef KMODSEC_FUZZ
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t room, unsigned seed) {
  return kmodsec::mutate(data, size, room, seed);
}
#endif
