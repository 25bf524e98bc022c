// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/pager.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/auxv.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "base/text.hpp"
#include "system/files/descriptor.hpp"
#include "system/host/child.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view usual_pager = "less";
constexpr std::array<const char*, 2> places_of_usual_pager = {"/usr/bin/less", "/bin/less"};
constexpr std::array ignored_signals = {SIGPIPE, SIGINT, SIGQUIT};

/// What a pager has to know in any case (environ(7), locale(7)).
constexpr std::array<std::string_view, 6> harmless = {
    "TERM=", "LANG=", "LC_ALL=", "LC_CTYPE=", "LINES=", "COLUMNS="};

bool is_set(const char* name) { return ::secure_getenv(name) != nullptr; }

/// Those of root, or of whomever else: a shell that less starts would have them.
bool rights_are_lent() { return is_set("SUDO_UID") || is_set("DOAS_USER") || is_set("PKEXEC_UID"); }

std::vector<std::string> environment_of_pager() {
  std::vector<std::string> variables;
  const bool is_lent = rights_are_lent();
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string_view variable = *at;
    const bool is_harmless = std::ranges::any_of(
        harmless, [&](std::string_view name) { return variable.starts_with(name); });
    if (!is_lent || is_harmless) variables.emplace_back(variable);
  }
  if (is_lent) {
    variables.emplace_back("PATH=/usr/sbin:/usr/bin:/sbin:/bin");
    variables.emplace_back("LESSSECURE=1");
  }
  if (is_lent || !is_set("LESS")) variables.emplace_back("LESS=FRX");
  return variables;
}

/// Who leaves a pager early is no error here, and an interrupt is for the pager.
class IgnoredSignals {
 public:
  IgnoredSignals() {
    for (std::size_t i = 0; i < ignored_signals.size(); ++i)
      before_[i] = ::signal(ignored_signals[i], SIG_IGN);
  }
  IgnoredSignals(const IgnoredSignals&) = delete;
  IgnoredSignals& operator=(const IgnoredSignals&) = delete;
  ~IgnoredSignals() {
    for (std::size_t i = 0; i < ignored_signals.size(); ++i)
      ::signal(ignored_signals[i], before_[i]);
  }

 private:
  std::array<sighandler_t, ignored_signals.size()> before_{};
};

/// The pager itself is to hear the signals.
class Attributes {
 public:
  Attributes() {
    ::posix_spawnattr_init(&attributes_);
    sigset_t signals;
    ::sigemptyset(&signals);
    for (const int number : ignored_signals) ::sigaddset(&signals, number);
    ::posix_spawnattr_setsigdefault(&attributes_, &signals);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }

  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

/// 0 where it did not start.
pid_t start(const std::vector<std::string>& words, int input) {
  const std::vector<std::string> variables = environment_of_pager();
  const std::vector<char*> arguments = pointers_to(words);
  const std::vector<char*> environment = pointers_to(variables);
  posix_spawn_file_actions_t files{};
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  const Attributes attributes;
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, arguments[0], &files, attributes.get(),
                                    arguments.data(), environment.data());
  ::posix_spawn_file_actions_destroy(&files);
  return failed == 0 ? child : 0;
}

void write_until_closed(int pipe, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(pipe, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// Not by $PATH, which is of who borrows.
std::vector<std::string> pager_for_lent_rights() {
  const auto place = std::ranges::find_if(places_of_usual_pager, is_less_itself);
  if (place == places_of_usual_pager.end()) return {};
  return {*place};
}

}  // namespace

bool is_less_itself(const std::string& path) {
  std::error_code failed;
  const std::filesystem::path file = std::filesystem::canonical(path, failed);
  return !failed && file.filename() == usual_pager && ::access(file.c_str(), X_OK) == 0 &&
         std::filesystem::hard_link_count(file, failed) == 1;
}

std::vector<std::string> chosen_pager() {
  std::string_view wanted = usual_pager;
  for (const char* name : {"PAGER", "KMODSEC_PAGER"}) {
    if (const char* value = ::secure_getenv(name); value != nullptr) wanted = value;
  }
  const bool has_more_rights = ::getauxval(AT_SECURE) != 0;  // Of its file: getauxval(3).
  const std::vector<std::string_view> words = split_words(wanted);
  if (words.empty() || words[0] == "cat" || has_more_rights) return {};
  return rights_are_lent() ? pager_for_lent_rights()
                           : std::vector<std::string>(words.begin(), words.end());
}

bool show_in_pager(const std::vector<std::string>& pager, std::string_view text) {
  std::array<int, 2> ends{};
  if (pager.empty() || ::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  const IgnoredSignals ignored;
  const pid_t child = start(pager, reading.get());
  if (child == 0) return false;
  reading = Descriptor();
  write_until_closed(writing.get(), text);
  writing = Descriptor();
  wait_for(child);
  return true;
}

}  // namespace kmodsec
