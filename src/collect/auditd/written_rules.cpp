// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/auditd/written_rules.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/auditd/rule_loader.hpp"
#include "collect/limits.hpp"
#include "collect/paths.hpp"
#include "format/auditd/audit_rules.hpp"
#include "model/auditd/audit_rule_text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view folder = "/etc/audit/rules.d";
constexpr std::string_view audit_rules = "/etc/audit/audit.rules";
constexpr std::uint32_t others_may_write = 0002;
constexpr std::size_t file_limit = 4UL * 1024 * 1024;
constexpr std::array<std::string_view, 2> programs = {"/sbin/augenrules", "/usr/sbin/augenrules"};

/// The numbers of passwd(5) or group(5), which have them in the same place.
std::map<std::string, std::uint32_t, std::less<>> read_names(const Root& root,
                                                             std::string_view path) {
  std::map<std::string, std::uint32_t, std::less<>> names;
  const std::string text = root.read(path, file_limit).value_or("");
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::size_t name = line.find(':');
    const std::size_t password = name == std::string_view::npos ? name : line.find(':', name + 1);
    if (password == std::string_view::npos) return;
    const std::string_view rest = line.substr(password + 1);
    if (const auto id = parse_number<std::uint32_t>(rest.substr(0, rest.find(':'))))
      names.try_emplace(std::string(line.substr(0, name)), *id);
  });
  return names;
}

/// Whether /etc/passwd has all names: nsswitch.conf(5) asks nobody who has others.
bool has_all_names(const Root& root) {
  constexpr std::array<std::string_view, 4> local = {"files", "compat", "systemd", "altfiles"};
  const auto text = root.read("/etc/nsswitch.conf", configuration_limit);
  if (!text || !root.status("/etc/passwd") || !root.status("/etc/group")) return false;
  bool whole = false;
  for_each_line(*text, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = split_words(line.substr(0, line.find('#')));
    if (words.empty() || words.front() != "passwd:") return;
    whole = std::all_of(words.begin() + 1, words.end(), [&](std::string_view word) {
      return std::ranges::find(local, word) != local.end() || word.starts_with('[');
    });
  });
  return whole;
}

/// Offline, a folder that is not there may be on another file system.
WatchedPlace place_of(const Root& root, const std::string& path) {
  const auto status = root.status(path);
  if (status)
    return status->type == FileType::directory ? WatchedPlace::folder : WatchedPlace::file;
  const std::size_t slash = path.find_last_of('/');
  const std::string parent = slash == 0 ? "/" : path.substr(0, slash);
  const auto above = root.status(parent);
  if (above && above->type == FileType::directory) return WatchedPlace::file;
  return root.is_running_system() && above.error().kind == ErrorKind::not_found
             ? WatchedPlace::no_folder
             : WatchedPlace::unknown;
}

AuditctlHost host_of(const Root& root, const std::string& machine, bool is_newer) {
  AuditctlHost host{.users = read_names(root, "/etc/passwd"),
                    .groups = read_names(root, "/etc/group"),
                    .names_are_whole = has_all_names(root),
                    .has_io_uring = is_newer};
  if (!machine.empty()) host.machine = machine;
  host.look = [&root](const std::string& path) { return place_of(root, path); };
  return host;
}

/// What awk of the host makes of "\s": yes, no, or not known.
enum class Awk { knows_blanks, knows_none, unknown };

Awk awk_of(const Root& root) {
  for (const std::string_view path : {"/usr/bin/awk", "/bin/awk"}) {
    const auto awk = follow(root, path);
    if (!awk) continue;
    const std::string_view name = file_name(awk->resolved);
    if (name.starts_with("gawk") || name == "busybox") return Awk::knows_blanks;
    if (name.starts_with("mawk") || name == "original-awk") return Awk::knows_none;
    return Awk::unknown;
  }
  return Awk::unknown;
}

class Collector {
 public:
  Collector(const Root& root, const std::string& machine)
      : root_(root), loading_(find_rule_loading(root)) {
    std::string script;
    for (const std::string_view path : programs)
      if (auto text = root.read(path, configuration_limit)) script = *text;
    dialect_ = augenrules_dialect(script);
    host_ = host_of(root, machine, dialect_.strips_cr);
    files_.loader = loading_.loader;
    files_.loaded_by = loading_.said_by;
    files_.from = folder;
  }

  Seen<AuditRuleFiles> collect() {
    if (loading_.loader == AuditRuleLoader::nothing) return files_;
    const bool has_file = loading_.loader == AuditRuleLoader::auditctl;
    const auto is_there = root_.status(folder);
    if (!is_there && is_there.error().kind != ErrorKind::not_found)
      return std::unexpected(is_there.error());
    auto done = has_file || !is_there || is_there->type != FileType::directory
                    ? take_file(has_file ? loading_.file : std::string(audit_rules))
                    : take_folder();
    if (!done) return std::unexpected(done.error());
    return std::move(files_);
  }

 private:
  void note(std::string path, std::string reason, bool stops, bool sure) {
    files_.problems.push_back({std::move(path), 0, {}, std::move(reason), stops, sure});
  }

  /// auditctl.c, fileopt: who owns and may write the file.
  bool is_refused(const std::string& path, bool is_written_anew) {
    const auto status = root_.status(path);
    if (!status) return false;
    const bool is_open = (status->mode & others_may_write) != 0 && !is_written_anew;
    if (status->uid == 0 && !is_open) return false;
    note(path, "auditctl takes no file that others than root own or may write", true, true);
    return true;
  }

  Result<void> take_file(const std::string& path) {
    files_.from = path;
    const auto text = root_.read(path, file_limit);
    if (!text && text.error().kind == ErrorKind::not_found) return {};
    if (!text) return std::unexpected(text.error());
    if (!is_refused(path, false))
      parse_audit_rules(audit_rules_as_written(*text, path), host_, files_);
    return {};
  }

  Result<void> take_folder() {
    const auto texts = read_folder();
    if (!texts) return std::unexpected(texts.error());
    const Awk awk = awk_of(root_);
    dialect_.knows_blanks = awk != Awk::knows_none;
    const GeneratedAuditRules rules = generate_audit_rules(folder, *texts, dialect_);
    const auto before = root_.read(audit_rules, file_limit);
    if (is_refused(std::string(audit_rules), !before || *before != rules.text)) return {};
    parse_audit_rules(rules, host_, files_);
    if (awk != Awk::knows_blanks) note_if_awk_matters(*texts);
    if (loading_.loader == AuditRuleLoader::unknown && before && *before != rules.text)
      note(std::string(audit_rules),
           "it differs from what augenrules makes of rules.d, and nothing shows which of them is "
           "loaded",
           true, false);
    return {};
  }

  Result<std::vector<AuditRulesText>> read_folder() {
    const auto entries = root_.list(folder);
    if (!entries) return std::unexpected(entries.error());
    std::vector<std::string> names;
    for (const Entry& entry : *entries) names.push_back(entry.name);
    std::vector<AuditRulesText> texts;
    for (const std::string& name : augenrules_order(names, dialect_)) {
      const std::string path = std::string(folder) + "/" + name;
      const auto status = root_.status(path);
      if (status ? status->type == FileType::directory
                 : status.error().kind == ErrorKind::not_found) {
        note(utf8_text(path), "it is not a file that augenrules can read", false, true);
        continue;
      }
      auto text = root_.read(path, file_limit);
      if (!text) return std::unexpected(text.error());
      texts.push_back({utf8_text(path), std::move(*text)});
    }
    return texts;
  }

  /// Whether awk takes "\s" for a blank shows in lines with blanks before or after them alone.
  void note_if_awk_matters(const std::vector<AuditRulesText>& texts) {
    AugenrulesDialect other = dialect_;
    other.knows_blanks = !other.knows_blanks;
    AuditRuleFiles twin;
    parse_audit_rules(generate_audit_rules(folder, texts, other), host_, twin);
    const auto text_of = [](const AuditRuleFiles& files) {
      std::string text = files.locks ? "-e 2\n" : (files.switches_off ? "-e 0\n" : "");
      for (const AuditRule& rule : files.rules) text += to_string(rule) + "\n";
      return text;
    };
    if (text_of(files_) != text_of(twin))
      note(std::string(folder),
           "gawk and mawk sort lines with blanks around an option differently, and which awk this "
           "host runs is not sure",
           true, false);
  }

  const Root& root_;
  RuleLoading loading_;
  AugenrulesDialect dialect_;
  AuditctlHost host_;
  AuditRuleFiles files_;
};

}  // namespace

Seen<AuditRuleFiles> collect_written_rules(const Root& root, const std::string& machine) {
  return Collector(root, machine).collect();
}

}  // namespace kmodsec
