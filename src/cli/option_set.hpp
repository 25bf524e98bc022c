// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/options.hpp"
#include "cli/help.hpp"

namespace CLI {
class App;
}

namespace kmodsec {

/// The options of one verb, which it declares in the order of its help. The headers of CLI11 take
/// longer to compile than a verb: only command_line.cpp sees them. Every value outlives the set.
class OptionSet {
 public:
  OptionSet(CLI::App& app, Options& common, Declared& declared)
      : app_(&app), common_(&common), declared_(&declared) {}

  void text(const char* name, std::string& value, const char* help, const char* type);
  void required_text(const char* name, std::string& value, const char* help, const char* type);
  void choice(const char* name, std::string& value, const char* help, const char* type,
              const std::vector<std::string>& words);
  void texts(const char* name, std::vector<std::string>& values, const char* help,
             const char* type);
  void number(const char* name, unsigned& value, const char* help, const char* type);
  void flag(const char* name, bool& value, const char* help);

  /// Words that are no options: any number, at least one, or exactly one.
  void arguments(const char* name, std::vector<std::string>& values, const char* help);
  void required_arguments(const char* name, std::vector<std::string>& values, const char* help);
  void one_argument(const char* name, std::vector<std::string>& values, const char* help);

  /// What the verb is to do, then what it is to do that with.
  void action(std::vector<std::string>& values, const char* help,
              const std::vector<std::string>& actions);

  /// What the words behind an action name, where they are no files.
  void argument_of(std::string_view action, std::string_view argument);

  /// What is filled in for every verb; it takes the place of what a verb's options begin with.
  Options& common() { return *common_; }

 private:
  CLI::App* app_;
  Options* common_;
  Declared* declared_;
};

/// --data, of the verbs that ask for known vulnerabilities.
void declare_data(OptionSet& set);

/// --initramfs, of the verbs that look into images.
void declare_initramfs(OptionSet& set);

/// --yes, of the verbs that change something.
void declare_yes(OptionSet& set, ChangeOptions& options);

/// --dry-run, of the verbs that change which modules the kernel has.
void declare_dry_run(OptionSet& set, ChangeOptions& options);

/// --verbose, of the verbs that show what would change.
void declare_whole_changes(OptionSet& set, ChangeOptions& options);

/// --from, of the verbs that carry out a policy.
void declare_from(OptionSet& set, ChangeOptions& options);

/// --override, of the verbs after which the host follows its policy, which may deny more.
void declare_deny_override(OptionSet& set, ChangeOptions& options);

}  // namespace kmodsec
