// SPDX-License-Identifier: GPL-2.0-or-later
#include "verbs_fuzz/mutate.hpp"

#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include "verbs_fuzz/paths.hpp"
#include "verbs_fuzz/planted_machine.hpp"

#ifdef KMODSEC_FUZZ
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t room);

namespace kmodsec {
namespace {

using Random = std::minstd_rand;

constexpr std::string_view kinds = "ffffdlpsa";
constexpr std::string_view mode_letters = "abcdefghABCDEFGH";

std::size_t below(Random& random, std::size_t count) { return random() % count; }

std::string release_in(const std::vector<Planted>& machine) {
  constexpr std::string_view trees = "root/lib/modules/";
  for (const Planted& entry : machine) {
    if (!entry.path.starts_with(trees)) continue;
    const std::string_view rest = std::string_view(entry.path).substr(trees.size());
    return std::string(rest.substr(0, rest.find('/')));
  }
  return "6.1.0-9-test";
}

std::string any_path(const std::vector<Planted>& machine, Random& random) {
  std::string path = paths_that_matter[below(random, paths_that_matter.size())];
  constexpr std::string_view stand_in = "RELEASE";
  if (const auto at = path.find(stand_in); at != path.npos)
    path.replace(at, stand_in.size(), release_in(machine));
  return path;
}

void mutate_bytes(std::string& bytes, std::size_t room) {
  const std::size_t size = bytes.size();
  bytes.resize(std::max<std::size_t>(std::min(room, size * 2 + 64), 1));
  bytes.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(bytes.data()), size, bytes.size()));
}

void change(std::vector<Planted>& machine, Random& random, std::size_t room) {
  const std::size_t at = below(random, machine.size());
  Planted& entry = machine[at];
  switch (below(random, 10)) {
    case 0: machine.erase(machine.begin() + static_cast<std::ptrdiff_t>(at)); break;
    case 1: entry.path = any_path(machine, random); break;
    case 2: entry.kind = kinds[below(random, kinds.size())]; break;
    case 3: entry.mode = mode_letters[below(random, mode_letters.size())]; break;
    case 4: entry.content = machine[below(random, machine.size())].content; break;
    case 5: entry.content.resize(below(random, entry.content.size() + 1)); break;
    case 6: machine.push_back({'l', 'a', any_path(machine, random), "/" + entry.path}); break;
    case 7: machine.push_back({'f', 'a', any_path(machine, random), entry.content}); break;
    case 8: mutate_bytes(entry.path, 200); break;
    default: mutate_bytes(entry.content, room); break;
  }
}

}  // namespace

std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed) {
  Random random(seed);
  std::vector<Planted> machine = planted_in({reinterpret_cast<const char*>(data), size});
  change(machine, random, room);
  std::string bytes = bytes_of(machine);
  bytes.resize(std::min(bytes.size(), room));
  std::ranges::copy(bytes, data);
  return bytes.size();
}

}  // namespace kmodsec
#endif
