// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_packing.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "format/snapshot_packed_files.hpp"
#include "format/snapshot_packed_indexes.hpp"
#include "format/snapshot_subjects.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view by_name = "by_name";
constexpr std::string_view normalized = "normalized";
constexpr std::string_view spelt_as_in_text = "spelt_as_in_text";

template <class T>
nlohmann::json json_of(const T& value) {
  nlohmann::json json;
  write_json(json, value);
  return json;
}

template <class T>
bool is_same(const T& one, const T& other) {
  return json_of(one) == json_of(other);
}

/// Whether unpacking gives the fact back within what is left for the document, which it takes then.
template <class T, class Unpack>
bool gives_back(const T& fact, Budget& document, Unpack unpack) {
  Limits left = unpacked_document;
  left.bytes = document.bytes_left();
  Budget budget(left, nullptr);
  try {
    if (!is_same(fact, unpack(budget))) return false;
    document.take_bytes(budget.bytes());
    return true;
  } catch (const nlohmann::json::exception&) {
    return false;
  }
}

/// What is packed of one tree, and what stays.
class TreePacker {
 public:
  TreePacker(const ModuleTree& tree, Budget& document, nlohmann::json& json)
      : tree_(tree), document_(document), json_(json), names_(tree.index ? *tree.index : none_) {}

  void pack() {
    pack_index();
    pack_aliases();
    pack_files();
    if (!packed_.empty()) json_["packed"] = std::move(packed_);
  }

 private:
  void move(const char* field, nlohmann::json form) {
    packed_[field] = std::move(form);
    json_.erase(field);
  }

  void pack_index() {
    if (!tree_.index) return;
    nlohmann::json form = packed_index(*tree_.index);
    if (gives_back(*tree_.index, document_,
                   [&](Budget& budget) { return unpacked_index(form, budget); }))
      move("index", std::move(form));
    if (tree_.binary_index && is_same(index_by_name(*tree_.index), *tree_.binary_index))
      move("binary_index", by_name);
  }

  void pack_aliases() {
    if (tree_.aliases) pack_aliases("aliases", *tree_.aliases);
    if (!tree_.binary_aliases) return;
    for (const std::string_view word : {normalized, spelt_as_in_text}) {
      if (tree_.aliases && is_same(aliases_by_pattern(*tree_.aliases, word == spelt_as_in_text),
                                   *tree_.binary_aliases))
        return move("binary_aliases", word);
    }
    pack_aliases("binary_aliases", *tree_.binary_aliases);
  }

  void pack_aliases(const char* field, const std::vector<AliasEntry>& aliases) {
    nlohmann::json form = packed_aliases(aliases, names_);
    if (gives_back(aliases, document_,
                   [&](Budget& budget) { return unpacked_aliases(form, names_, budget); }))
      move(field, std::move(form));
  }

  void pack_files() {
    if (!tree_.index || !tree_.files) return;
    ModuleTree again;
    again.folder = tree_.folder;
    again.files = std::vector<ModuleFile>{};
    again.index = tree_.index;
    again.aliases = tree_.aliases;
    nlohmann::json form = packed_files(tree_, *again.files);
    const std::vector<ModuleFile> rest = *again.files;
    const bool is_whole = gives_back(*tree_.files, document_, [&](Budget& budget) {
      unpack_files(form, budget, again);
      return *again.files;
    });
    if (!is_whole) return;
    packed_["files"] = std::move(form);
    json_["files"] = json_of(Seen<std::vector<ModuleFile>>(rest));
  }

  inline static const std::vector<IndexEntry> none_;
  const ModuleTree& tree_;
  Budget& document_;
  nlohmann::json& json_;
  ModuleNames names_;
  nlohmann::json packed_ = nlohmann::json::object();
};

/// The ids of a version, and the digests of one with its year.
nlohmann::json packed_changelog(const KernelChangelog& changelog) {
  std::map<std::string, std::vector<std::string>> fixed;
  std::map<std::pair<std::string, unsigned>, std::vector<std::string>> changes;
  nlohmann::json mentions = nlohmann::json::array();
  for (const ChangelogMention& mention : changelog.mentions) {
    if (mention.title.empty() && mention.reverted.empty())
      fixed[mention.version].push_back(mention.id);
    else
      write_json(mentions.emplace_back(), mention);
  }
  for (const ChangelogChange& change : changelog.changes)
    changes[{change.version, change.year}].push_back(change.digest);
  nlohmann::json form = {{"path", changelog.path}, {"fixed", fixed}, {"mentions", mentions}};
  form["changes"] = nlohmann::json::array();
  for (const auto& [made, digests] : changes)
    form["changes"].push_back({made.first, made.second, digests});
  return form;
}

KernelChangelog unpacked_changelog(const nlohmann::json& form, Budget& budget) {
  KernelChangelog changelog;
  read_json(form.at("path"), changelog.path);
  read_json(form.at("mentions"), changelog.mentions);
  for (const auto& [version, ids] : form.at("fixed").items()) {
    for (const nlohmann::json& id : elements_of(ids)) {
      spend(budget, version.size(), form);
      changelog.mentions.push_back({id.get<std::string>(), version, {}, {}});
    }
  }
  for (const nlohmann::json& made : elements_of(form.at("changes"))) {
    const auto version = made.at(0).get<std::string>();
    for (const nlohmann::json& digest : elements_of(made.at(2))) {
      spend(budget, version.size(), form);
      changelog.changes.push_back({digest.get<std::string>(), version, made.at(1).get<unsigned>()});
    }
  }
  std::ranges::stable_sort(changelog.mentions, {}, &ChangelogMention::id);
  std::ranges::stable_sort(changelog.changes, {}, &ChangelogChange::digest);
  return changelog;
}

/// Those of modules.alias.bin, as far as the word says that they are made of modules.alias.
std::vector<AliasEntry> aliases_of_text(const ModuleTree& tree, const nlohmann::json& word) {
  const bool is_word = word == normalized || word == spelt_as_in_text;
  if (!tree.aliases || !is_word) refuse_packed(word, "is not a form of aliases");
  return aliases_by_pattern(*tree.aliases, word == spelt_as_in_text);
}

}  // namespace

void spend(Budget& budget, std::size_t bytes, const nlohmann::json& of) {
  budget.take_bytes(bytes + bytes_beside_text);
  if (budget.why_spent()) refuse_packed(of, "unpacks to more than the facts of a host");
}

void pack_tree(const ModuleTree& tree, Budget& budget, nlohmann::json& json) {
  TreePacker(tree, budget, json).pack();
  if (!tree.changelog) return;
  nlohmann::json form = packed_changelog(*tree.changelog);
  const auto unpack = [&](Budget& left) { return unpacked_changelog(form, left); };
  if (!gives_back(*tree.changelog, budget, unpack)) return;
  json["packed"]["changelog"] = std::move(form);
  json.erase("changelog");
}

void unpack_tree(const nlohmann::json& json, Budget& budget, ModuleTree& tree) {
  const nlohmann::json* packed = find_field(json, "packed");
  if (packed == nullptr) return;
  if (const auto* index = find_field(*packed, "index")) tree.index = unpacked_index(*index, budget);
  const std::vector<IndexEntry> index = tree.index.value_or(std::vector<IndexEntry>{});
  const ModuleNames names(index);
  if (const auto* form = find_field(*packed, "binary_index")) {
    if (!tree.index || *form != by_name) refuse_packed(*form, "is not a form of an index");
    tree.binary_index = index_by_name(index);
  }
  if (const auto* aliases = find_field(*packed, "aliases"))
    tree.aliases = unpacked_aliases(*aliases, names, budget);
  if (const auto* aliases = find_field(*packed, "binary_aliases"))
    tree.binary_aliases = aliases->is_string() ? aliases_of_text(tree, *aliases)
                                               : unpacked_aliases(*aliases, names, budget);
  if (const auto* files = find_field(*packed, "files")) unpack_files(*files, budget, tree);
  if (const auto* changelog = find_field(*packed, "changelog"))
    tree.changelog = unpacked_changelog(*changelog, budget);
}

}  // namespace kmodsec
