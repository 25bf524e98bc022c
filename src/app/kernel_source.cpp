// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/kernel_source.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "app/kernel_makefiles.hpp"
#include "base/parallel.hpp"
#include "format/kbuild_output.hpp"
#include "system/program.hpp"
#include "system/temporary_folder.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_output = 16UL * 1024 * 1024;

/// Not synced, as it goes away again.
Result<void> write_temporary(const std::string& path, std::string_view content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  file.close();
  if (!file) return failure(ErrorKind::io, path, "could not be written");
  return {};
}

/// With the folders beside it, which Makefiles include each other from.
std::string neighbourhood_of(const std::string& folder) {
  const std::size_t slash = folder.rfind('/');
  return slash == std::string::npos ? folder : folder.substr(0, slash + 1);
}

std::string architecture_of(const std::string& folder) {
  constexpr std::string_view start = "arch/";
  if (!folder.starts_with(start)) return "x86";
  return folder.substr(start.size(), folder.find('/', start.size()) - start.size());
}

/// One run of make: a folder, and the symbols that are set.
struct Question {
  std::string folder;
  std::string makefile;
  std::string configuration;  ///< Path.
};

class Asker {
 public:
  Asker(RunningSystem system, std::string tree, std::string temporary)
      : system_(system), tree_(std::move(tree)), temporary_(std::move(temporary)) {}

  Result<std::vector<Question>> prepare(const KernelMakefiles& makefiles) {
    if (auto written = write_temporary(question_path(), kbuild_question()); !written)
      return std::unexpected(written.error());
    std::vector<Question> questions;
    for (const auto& [folder, makefile] : makefiles.of_folders) {
      for (const bool with_booleans : {true, false}) {
        auto path = configuration_for(makefiles, neighbourhood_of(folder), with_booleans);
        if (!path) return std::unexpected(path.error());
        questions.push_back({folder, makefile, std::move(*path)});
      }
    }
    return questions;
  }

  std::optional<KbuildVariables> ask(const Question& question) const {
    const std::string architecture = architecture_of(question.folder);
    const auto end = run_program_for_output(
        system_,
        {"make", "-rRs", "--no-print-directory", "-C", tree_, "-f", question_path(),
         "kmodsec_folder=" + question.folder, "kmodsec_file=" + question.makefile,
         "kmodsec_config=" + question.configuration, "ARCH=" + architecture,
         "SRCARCH=" + architecture},
        most_output);
    return end ? parse_kbuild_output(end->output) : std::nullopt;
  }

 private:
  std::string question_path() const { return temporary_ + "/question.mk"; }

  Result<std::string> configuration_for(const KernelMakefiles& makefiles,
                                        const std::string& neighbourhood, bool with_booleans) {
    std::string& path = configurations_[{neighbourhood, with_booleans}];
    if (!path.empty()) return path;
    path = temporary_ + "/" + std::to_string(configurations_.size()) + ".mk";
    const auto written =
        write_temporary(path, kbuild_configuration(makefiles, neighbourhood, with_booleans));
    if (!written) return std::unexpected(written.error());
    return path;
  }

  RunningSystem system_;
  std::string tree_;
  std::string temporary_;
  std::map<std::pair<std::string, bool>, std::string> configurations_;
};

Result<void> there_is_make(RunningSystem system) {
  const auto end = run_program(system, {"make", "--version"});
  if (!end) return std::unexpected(end.error());
  if (end->code != 0 || !end->output.starts_with("GNU Make"))
    return failure(ErrorKind::unsupported, "make", "is not GNU make");
  return {};
}

}  // namespace

Result<KernelSource> read_kernel_source(RunningSystem system, const std::string& tree,
                                        unsigned jobs) {
  if (auto there = there_is_make(system); !there) return std::unexpected(there.error());
  std::error_code failed;
  const std::string whole = std::filesystem::canonical(tree, failed).string();
  if (failed) return failure(ErrorKind::not_found, tree, failed.message());
  const auto makefiles = read_kernel_makefiles(whole);
  if (!makefiles) return std::unexpected(makefiles.error());
  const auto temporary = TemporaryFolder::create();
  if (!temporary) return std::unexpected(temporary.error());
  Asker asker(system, whole, temporary->path());
  const auto questions = asker.prepare(*makefiles);
  if (!questions) return std::unexpected(questions.error());

  std::vector<std::optional<KbuildVariables>> answers(questions->size());
  parallel_for(questions->size(), jobs,
               [&](std::size_t i) { answers[i] = asker.ask((*questions)[i]); });
  KernelSource source{.release = makefiles->release, .folders = makefiles->of_folders.size()};
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const std::string& folder = (*questions)[i].folder;
    if (answers[i])
      add_kbuild_folder(folder, *answers[i], source.objects);
    else if (source.unanswered.empty() || source.unanswered.back() != folder)
      source.unanswered.push_back(folder);
  }
  return source;
}

}  // namespace kmodsec
