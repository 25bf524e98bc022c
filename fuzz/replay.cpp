// SPDX-License-Identifier: GPL-2.0-or-later
// replay TARGET FOLDER...: feeds every file of the folders to the fuzz target: corpus and past
// crashes as a test.
#include "replay.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace kmodsec {
namespace {

std::map<std::string_view, ReplayedTarget::Examine>& all_targets() {
  static std::map<std::string_view, ReplayedTarget::Examine> targets;
  return targets;
}

int replay(ReplayedTarget::Examine examine, const std::filesystem::path& folder) {
  int replayed = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    examine(bytes);
    ++replayed;
  }
  return replayed;
}

}  // namespace

ReplayedTarget::ReplayedTarget(const char* name, Examine examine) {
  all_targets().emplace(name, examine);
}

}  // namespace kmodsec

int main(int argc, char** argv) {
  const auto target =
      argc < 2 ? kmodsec::all_targets().end() : kmodsec::all_targets().find(argv[1]);
  if (target == kmodsec::all_targets().end()) {
    std::fprintf(stderr, "replay: no such target\n");
    return 2;
  }
  int replayed = 0;
  for (int i = 2; i < argc; ++i) replayed += kmodsec::replay(target->second, argv[i]);
  std::printf("%d inputs replayed\n", replayed);
  return replayed > 0 ? 0 : 1;
}
