// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/progress.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

namespace kmodsec {
namespace {

using ::testing::HasSubstr;

/// stderr is a terminal for as long as this lives.
class TerminalForStderr {
 public:
  TerminalForStderr() : before_(::dup(STDERR_FILENO)) {
    int slave = -1;
    EXPECT_EQ(::openpty(&master_, &slave, nullptr, nullptr, nullptr), 0);
    ::fcntl(master_, F_SETFL, O_NONBLOCK);
    ::dup2(slave, STDERR_FILENO);
    ::close(slave);
  }
  ~TerminalForStderr() {
    ::dup2(before_, STDERR_FILENO);
    ::close(before_);
    ::close(master_);
  }
  TerminalForStderr(const TerminalForStderr&) = delete;
  TerminalForStderr& operator=(const TerminalForStderr&) = delete;

  std::string shown() const {
    std::array<char, 4096> bytes{};
    const ssize_t size = ::read(master_, bytes.data(), bytes.size());
    return size > 0 ? std::string(bytes.data(), static_cast<std::size_t>(size)) : std::string{};
  }

 private:
  int before_;
  int master_ = -1;
};

void wait_until_it_is_long() { std::this_thread::sleep_for(std::chrono::milliseconds(1050)); }

TEST(Progress, ALongRunTellsHowFarItIs) {
  const TerminalForStderr terminal;
  {
    const auto start = std::chrono::steady_clock::now();
    Progress progress(false);
    progress.tell(1, 4023);
    const std::string early = terminal.shown();
    const bool is_early = std::chrono::steady_clock::now() - start < std::chrono::seconds(1);
    EXPECT_EQ(is_early ? early : "", "");
    wait_until_it_is_long();
    progress.tell(2011, 4023);
    EXPECT_THAT(terminal.shown(), HasSubstr("2011 of 4023 module files"));
  }
  EXPECT_EQ(terminal.shown(), "\r\033[K");
}

TEST(Progress, QuietMeansQuiet) {
  const TerminalForStderr terminal;
  {
    Progress progress(true);
    wait_until_it_is_long();
    progress.tell(2011, 4023);
  }
  EXPECT_EQ(terminal.shown(), "");
}

}  // namespace
}  // namespace kmodsec
