// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// The words of the pager that this process is to use: of $KMODSEC_PAGER, $PAGER, or "less". None
/// where the user wants none ("cat", or nothing), and for a program that runs with more rights than
/// who started it has (secure_getenv(3)).
///
/// Where another's rights were lent for this command (sudo(8), doas(1), pkexec(1)) it is "less" or
/// none: what a pager runs would run with them. SYSTEMD_PAGERSECURE in systemctl(1) has the
/// reasons.
std::vector<std::string> chosen_pager();

/// Whether the program at this place is less itself, which keeps LESSSECURE. That of busybox, which
/// is one of many names of one file, does not: it writes files and reads others.
bool is_less_itself(const std::string& path);

/// Shows the text in a pager and waits until the user leaves it, be it before the end of the text.
/// The words are started as they are, without a shell. less gets LESS=FRX unless the user has set
/// LESS; with lent rights it gets LESSSECURE=1, and of the environment only what tells the terminal
/// and the language. False where there is no such program, and nothing was shown.
bool show_in_pager(const std::vector<std::string>& pager, std::string_view text);

}  // namespace kmodsec
