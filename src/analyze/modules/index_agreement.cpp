// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/index_agreement.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <iterator>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "analyze/work.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/device_alias.hpp"
#include "model/modules/softdep.hpp"

namespace kmodsec {
namespace {

/// What a line of an index, or a field of a module file, states of a module. Views into the facts.
struct Claim {
  std::string_view module;
  std::string_view text;

  auto operator<=>(const Claim&) const = default;
};
using Claims = std::vector<Claim>;

struct HashOfClaim {
  std::size_t operator()(const Claim& claim) const {
    constexpr std::size_t odd = 31;
    const std::hash<std::string_view> hash;
    return hash(claim.module) * odd + hash(claim.text);
  }
};

/// Those that the others lack, each once, in order.
Claims lacking_in(const Claims& others, const Claims& claims) {
  const std::unordered_set<Claim, HashOfClaim> known(others.begin(), others.end());
  Claims lacking;
  std::ranges::copy_if(claims, std::back_inserter(lacking),
                       [&](const Claim& claim) { return !known.contains(claim); });
  std::ranges::sort(lacking);
  const auto repeated = std::ranges::unique(lacking);
  lacking.erase(repeated.begin(), repeated.end());
  return lacking;
}

/// The words of a claim, and what is wrong where only one side has it.
struct Wording {
  std::string (*told)(const Claim&);
  std::string_view only_index;
  std::string_view only_file;
};

constexpr std::string_view in_no_file = "is in no module file";
constexpr std::string_view in_no_line = "is missing, and a module file has it";

std::string place(const Claim& claim) { return fmt::format("{} at {}", claim.module, claim.text); }
std::string need(const Claim& claim) {
  return fmt::format("{} needs {}", claim.module, claim.text);
}
std::string alias(const Claim& claim) {
  return fmt::format("alias {} → {}", claim.text, claim.module);
}
std::string node(const Claim& claim) {
  return fmt::format("node {} → {}", claim.text, claim.module);
}
std::string softdep(const Claim& claim) {
  return fmt::format("softdep {} {}", claim.module, claim.text);
}

constexpr Wording of_paths = {place, "is not a file of this module",
                              "is missing, and the file is there"};
constexpr Wording of_dependencies = {need, in_no_file, in_no_line};
constexpr Wording of_aliases = {alias, in_no_file, in_no_line};
constexpr Wording of_nodes = {node, in_no_file, in_no_line};
constexpr Wording of_softdeps = {softdep, in_no_file, in_no_line};

/// "c10:203" for "char-major-10-203"; empty for any other alias, and where minors are left open.
std::string number_in(std::string_view alias) {
  const auto device = parse_device_alias(alias);
  if (!device) return {};
  const auto major = parse_number<std::uint32_t>(device->major);
  const auto minor = parse_number<std::uint32_t>(device->minor);
  return major && minor ? fmt::format("{}{}:{}", device->kind, *major, *minor) : std::string{};
}

/// The line of modules.devname that depmod makes of the aliases of a module, without the module:
/// its first name, with the last number before both are known (kmod: tools/depmod.c,
/// output_devname). Empty without one of them.
std::string static_node_of(const std::vector<InfoField>& info) {
  constexpr std::string_view name_start = "devname:";
  std::string_view name;
  std::string number;
  for (const InfoField& field : info) {
    if (field.key != "alias") continue;
    const std::string_view alias = field.value;
    std::string found = number_in(alias);
    if (!found.empty()) number = std::move(found);
    if (name.empty() && alias.starts_with(name_start)) name = alias.substr(name_start.size());
    if (!name.empty() && !number.empty()) return fmt::format("{} {}", name, number);
  }
  return {};
}

/// The module files of a tree by the names of their modules, each with the one that counts.
class Files {
 public:
  Files(const ModuleTree& tree, std::vector<Unseen>& unseen)
      : complete_(tree.complete && tree.unseen.empty()), work_(tree.folder) {
    const std::string folder = tree.folder + "/";
    for (const ModuleFile& file : *tree.files) {
      const std::string_view path = file.path;
      const auto inside = path.starts_with(folder) ? path.substr(folder.size()) : path;
      if (!file.content) unseen.push_back({file.path, file.content.error().reason});
      by_name_[file.name].push_back({inside, &file});
    }
    for (const auto* index : {&tree.binary_index, &tree.index}) {
      if (*index) choose(**index);
    }
    find_dependencies();
  }

  /// Whether lines about a module can be judged: its file was read, or there is none.
  bool can_judge(std::string_view module) const {
    const auto candidates = by_name_.find(module);
    return candidates == by_name_.end() ? complete_
                                        : candidates->second.front().file->content.has_value();
  }

  /// The same for what it needs: none of the files on the way is unread.
  bool can_judge_needs(std::string_view module) const {
    const auto found = needed_.find(module);
    return found == needed_.end() ? can_judge(module) : found->second.has_value();
  }

  Claims paths() const {
    Claims claims;
    for (const auto& [name, candidates] : by_name_)
      claims.push_back({name, candidates.front().path});
    return claims;
  }

  Claims dependencies() const {
    Claims claims;
    for (const auto& [name, needed] : needed_) {
      if (!needed) continue;
      for (const std::string_view module : *needed) claims.push_back({name, module});
    }
    return claims;
  }

  using VisitInfo = std::function<void(std::string_view module, const std::vector<InfoField>&)>;
  void for_each(const VisitInfo& visit) const {
    for (const auto& [name, candidates] : by_name_) {
      const ModuleFile& file = *candidates.front().file;
      if (file.content) visit(name, file.content->info);
    }
  }

  using VisitField = std::function<void(std::string_view module, const std::string& value)>;
  void for_each_field(std::string_view key, const VisitField& visit) const {
    for_each([&](std::string_view module, const std::vector<InfoField>& info) {
      for (const InfoField& field : info) {
        if (field.key == key) visit(module, field.value);
      }
    });
  }

 private:
  using DirectNeeds = std::unordered_map<std::string_view, std::vector<std::string>>;

  struct Candidate {
    std::string_view path;  ///< Below the folder of the kernel.
    const ModuleFile* file;
  };

  /// The file that an index names comes first among those of its name.
  void choose(const std::vector<IndexEntry>& index) {
    for (const IndexEntry& entry : index) {
      const auto found = by_name_.find(entry.name);
      if (found == by_name_.end() || found->second.size() == 1) continue;
      const auto named = std::ranges::find(found->second, entry.path, &Candidate::path);
      if (named != found->second.end()) std::iter_swap(found->second.begin(), named);
    }
  }

  void find_dependencies() {
    for_each_field("depends", [&](std::string_view module, const std::string& list) {
      for (const std::string_view name : split(list, ','))
        direct_[module].push_back(normalized_module_name(name));
    });
    for (const auto& [name, candidates] : by_name_) needed_[name] = all_needed_by(name);
  }

  /// Directly or not; nothing where a file on the way was not read. depmod leaves out what is not
  /// installed.
  std::optional<std::set<std::string_view>> all_needed_by(std::string_view module) {
    constexpr std::size_t work_of_step = 8;
    std::set<std::string_view> needed;
    std::vector<std::string_view> to_visit = {module};
    while (!to_visit.empty()) {
      const std::string_view name = to_visit.back();
      to_visit.pop_back();
      work_.spend(work_of_step);
      if (!can_judge(name)) return std::nullopt;
      const auto found = direct_.find(name);
      if (found == direct_.end()) continue;
      for (const std::string& next : found->second) {
        const bool is_installed = !complete_ || by_name_.contains(next);
        if (is_installed && next != module && needed.insert(next).second) to_visit.push_back(next);
      }
    }
    return needed;
  }

  bool complete_;
  Work work_;
  std::unordered_map<std::string_view, std::vector<Candidate>> by_name_;
  std::unordered_map<std::string_view, std::optional<std::set<std::string_view>>> needed_;
  DirectNeeds direct_;
};

class Comparison {
 public:
  explicit Comparison(const ModuleTree& tree)
      : tree_(tree),
        files_(tree, agreement_.unseen),
        paths_(files_.paths()),
        dependencies_(files_.dependencies()) {}

  IndexAgreement compare() {
    compare_dependencies("modules.dep", tree_.index);
    compare_dependencies("modules.dep.bin", tree_.binary_index);
    compare_aliases("modules.alias", tree_.aliases, &Comparison::as_line);
    compare_aliases("modules.alias.bin", tree_.binary_aliases, &Comparison::as_key);
    compare_nodes();
    compare_softdeps();
    find_foreign_lines();
    return std::move(agreement_);
  }

 private:
  using AsWritten = std::optional<std::string_view> (Comparison::*)(const std::string&);

  std::optional<std::string_view> as_line(const std::string& pattern) {
    return split_words(pattern).size() == 1 ? std::optional<std::string_view>(pattern)
                                            : std::nullopt;
  }

  std::optional<std::string_view> as_key(const std::string& pattern) {
    auto normalized = normalized_pattern(pattern);
    if (!normalized) return std::nullopt;
    return kept(std::move(*normalized));
  }

  std::string_view kept(std::string text) { return texts_.emplace_back(std::move(text)); }

  void add_softdep(std::string_view module, const std::vector<std::string>& pre,
                   const std::vector<std::string>& post, Claims& claims) {
    for (const std::string& name : pre) claims.push_back({module, kept("pre: " + name)});
    for (const std::string& name : post) claims.push_back({module, kept("post: " + name)});
  }

  template <class T>
  bool can_compare(const char* index, const Seen<T>& lines) {
    const bool is_absent =
        !lines && lines.error().kind == ErrorKind::not_found && !lines.error().subject.empty();
    if (lines) agreement_.compared.emplace_back(index);
    if (!lines && !is_absent) agreement_.unseen.push_back({index, lines.error().reason});
    return lines.has_value();
  }

  void compare_dependencies(const char* index, const Seen<std::vector<IndexEntry>>& lines) {
    if (!can_compare(index, lines)) return;
    Claims paths;
    Claims needs;
    for (const IndexEntry& entry : *lines) {
      if (files_.can_judge(entry.name)) paths.push_back({entry.name, entry.path});
      if (!files_.can_judge_needs(entry.name)) continue;
      for (const std::string& module : entry.depends) needs.push_back({entry.name, module});
    }
    hold(index, of_paths, paths, paths_);
    hold(index, of_dependencies, needs, dependencies_);
  }

  void compare_aliases(const char* index, const Seen<std::vector<AliasEntry>>& lines,
                       AsWritten as_written) {
    if (!can_compare(index, lines)) return;
    Claims said;
    Claims expected;
    for (const AliasEntry& entry : *lines) {
      const auto written = (this->*as_written)(entry.pattern);
      if (files_.can_judge(entry.module))
        said.push_back({entry.module, written.value_or(entry.pattern)});
    }
    files_.for_each_field("alias", [&](std::string_view module, const std::string& pattern) {
      if (const auto written = (this->*as_written)(pattern)) expected.push_back({module, *written});
    });
    hold(index, of_aliases, said, expected);
  }

  void compare_nodes() {
    if (!can_compare("modules.devname", tree_.static_nodes)) return;
    Claims said;
    Claims expected;
    for (const StaticNode& entry : *tree_.static_nodes) {
      if (files_.can_judge(entry.module))
        said.push_back({entry.module, kept(entry.path + " " + entry.number)});
    }
    files_.for_each([&](std::string_view module, const std::vector<InfoField>& info) {
      std::string node = static_node_of(info);
      if (!node.empty()) expected.push_back({module, kept(std::move(node))});
    });
    hold("modules.devname", of_nodes, said, expected);
  }

  void compare_softdeps() {
    if (!can_compare("modules.softdep", tree_.softdeps)) return;
    Claims said;
    Claims expected;
    for (const SoftDependency& entry : *tree_.softdeps) {
      if (files_.can_judge(entry.module)) add_softdep(entry.module, entry.pre, entry.post, said);
    }
    files_.for_each_field("softdep", [&](std::string_view module, const std::string& words) {
      std::vector<std::string> pre;
      std::vector<std::string> post;
      read_softdep(words, pre, post);
      add_softdep(module, pre, post, expected);
    });
    hold("modules.softdep", of_softdeps, said, expected);
  }

  /// What depmod never writes, and modprobe obeys.
  void find_foreign_lines() {
    for (const ConfigLine& line : tree_.index_lines)
      agreement_.flaws.push_back({std::string(file_name(line.source)),
                                  line.name,
                                  {line.text},
                                  "is a line of modprobe.d, which depmod never writes"});
  }

  void hold(const char* index, const Wording& words, const Claims& said, const Claims& expected) {
    const Claims lies = lacking_in(expected, said);
    Claims missing = lacking_in(said, expected);
    std::erase_if(missing, [&](const Claim& claim) { return !files_.can_judge(claim.module); });
    for (auto claim = lies.begin(); claim != lies.end();) {
      const auto next = std::find_if(
          claim, lies.end(), [&](const Claim& other) { return other.module != claim->module; });
      tell(index, words, std::span(claim, next), words.only_index);
      claim = next;
    }
    if (!missing.empty()) tell(index, words, missing, words.only_file);
  }

  void tell(const char* index, const Wording& words, std::span<const Claim> claims,
            std::string_view wrong) {
    IndexFlaw& flaw = agreement_.flaws.emplace_back(
        IndexFlaw{index, std::string(claims.front().module), {}, std::string(wrong)});
    for (const Claim& claim : claims) flaw.lines.push_back(words.told(claim));
  }

  const ModuleTree& tree_;
  IndexAgreement agreement_;
  Files files_;
  Claims paths_;
  Claims dependencies_;
  std::deque<std::string> texts_;  ///< What claims say that stands in no fact as it is.
};

}  // namespace

IndexAgreement hold_against_files(const ModuleTree& tree) {
  if (!tree.files) return {{}, {}, {{tree.folder, tree.files.error().reason}}};
  return Comparison(tree).compare();
}

bool is_written_by_depmod(std::string_view index) {
  constexpr std::string_view written[] = {
      "modules.dep",         "modules.dep.bin",          "modules.alias",
      "modules.alias.bin",   "modules.symbols",          "modules.symbols.bin",
      "modules.softdep",     "modules.weakdep",          "modules.devname",
      "modules.builtin.bin", "modules.builtin.alias.bin"};
  return std::ranges::find(written, index) != std::end(written);
}

}  // namespace kmodsec
