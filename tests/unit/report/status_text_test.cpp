// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/status_report.hpp"

#include <gtest/gtest.h>

namespace kmodsec::test {
namespace {

std::string text_of(const HostStatus& status) {
  return print_status_text(status, Style(false, 120));
}

TEST(StatusText, SaysOfNoMoreThanWasSeenThatNothingIsThere) {
  const Facts facts;
  HostStatus status{.facts = &facts};
  EXPECT_TRUE(text_of(status).starts_with("Nothing found\n"));
  EXPECT_TRUE(text_of(status).contains("Reach     nobody but root"));
  status.unseen = {{"modules.alias", "permission denied"}};
  EXPECT_TRUE(text_of(status).starts_with("Nothing found in what could be seen\n"));
  EXPECT_TRUE(text_of(status).contains("as far as could be seen, nobody but root"));
}

TEST(StatusText, TakesNoWaivedGapForAnAnswer) {
  const Facts facts;
  HostStatus status{.facts = &facts};
  status.waived_gaps = {{{"modules.alias", "permission denied"}, nullptr}};
  EXPECT_TRUE(text_of(status).starts_with("Nothing found in what could be seen\n"));
  EXPECT_TRUE(text_of(status).contains("as far as could be seen, nobody but root"));
}

}  // namespace
}  // namespace kmodsec::test
