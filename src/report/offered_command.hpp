// SPDX-License-Identifier: GPL-2.0-or-later
//
// A command that is offered is pasted: it has to be about the machine that the answer is about.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace kmodsec {

/// Takes the place of a blank in a word that no line break comes into. No text of a host has it:
/// `printable` escapes it.
inline constexpr char blank_in_word = '\x1f';

/// The machine that was asked about, as a command has to name it.
struct AskedMachine {
  std::string option = {};  ///< "--root DIR", quoted for a shell; empty for the running system.
  /// Each verb that is about a machine, and whether it takes that option.
  std::map<std::string_view, bool> verbs = {};
  /// "--store FILE", quoted for a shell, of each verb that has to name its database.
  std::map<std::string_view, std::string> stores = {};
};

/// The word as a shell reads it as one, and safe for a terminal.
std::string shell_word(std::string_view word);

/// The text with each command that it offers worded for the machine: with its option and its store,
/// or, where the verb does not take that, with the words that it is for that host. Commands are the
/// words from `unbroken` that begin with kmodsec, 'kmodsec VERB ...' in quotes, and, behind a colon
/// or "then", what begins with kmodsec and ends before the next comma, semicolon, bracket or
/// sentence.
std::string offered_for(std::string_view text, const AskedMachine& machine);

}  // namespace kmodsec
