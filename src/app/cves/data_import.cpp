// SPDX-License-Identifier: GPL-2.0-or-later
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/baseline/baseline_source.hpp"
#include "app/cves/data_actions.hpp"
#include "app/cves/known_cves.hpp"
#include "app/machine.hpp"
#include "base/file_state.hpp"
#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "collect/cves/known_cves_paths.hpp"
#include "collect/host/trusted_files.hpp"
#include "format/cves/known_cves.hpp"
#include "format/signatures/ed25519.hpp"
#include "system/files/editor.hpp"
#include "system/files/host_file.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t key_limit = 64UL * 1024;
constexpr std::size_t signature_size = 64;

/// A public key, and where it is from.
struct TrustedKey {
  std::string path;
  std::string pem;
};

Result<std::string> named_file(const DataOptions& options) {
  if (options.names.size() != 2)
    return failure(ErrorKind::usage, options.names.front(), "takes one file of tables");
  return options.names[1];
}

/// The names of the keys in a folder; none where there is no folder.
Result<std::vector<std::string>> key_names(const Root& root, std::string_view folder) {
  std::vector<std::string> names;
  const auto entries = root.list(std::string(folder));
  if (!entries && entries.error().kind == ErrorKind::not_found) return names;
  if (!entries) return std::unexpected(entries.error());
  for (const Entry& entry : *entries)
    if (entry.name.ends_with(".pem") && !entry.name.starts_with('.')) names.push_back(entry.name);
  return names;
}

/// A key of the host stands for one of the package with its name.
Result<std::vector<TrustedKey>> keys_of_host(const Root& root) {
  std::map<std::string, std::string_view> folders;
  for (const std::string_view folder : {shipped_data_key_folder, data_key_folder}) {
    const auto names = key_names(root, folder);
    if (!names) return std::unexpected(names.error());
    for (const std::string& name : *names) folders[name] = folder;
  }
  std::vector<TrustedKey> keys;
  for (const auto& [name, folder] : folders) {
    const std::string path = std::string(folder) + "/" + name;
    auto pem = read_trusted_file(root, path, key_limit);
    if (!pem) return std::unexpected(pem.error());
    if (!pem->empty()) keys.push_back({path, std::move(*pem)});
  }
  return keys;
}

Result<std::vector<TrustedKey>> trusted_keys(const DataOptions& options, const Root& root) {
  if (!options.key.empty()) {
    auto pem = read_key_file(options.key);
    if (!pem) return std::unexpected(pem.error());
    return std::vector<TrustedKey>{{options.key, std::move(*pem)}};
  }
  auto keys = keys_of_host(root);
  if (keys && keys->empty())
    return failure(ErrorKind::usage, "--key",
                   fmt::format("no public key is given, and {} and {} have none", data_key_folder,
                               shipped_data_key_folder));
  return keys;
}

/// The key that has signed the text.
Result<std::string> signer_of(const std::string& text, const std::string& signature_path,
                              const std::vector<TrustedKey>& keys) {
  const auto signature = read_host_file(signature_path, key_limit);
  if (!signature && signature.error().kind == ErrorKind::not_found)
    return failure(ErrorKind::denied, signature_path,
                   "there is no signature; --unsigned imports without one");
  if (!signature) return std::unexpected(signature.error());
  if (signature->size() != signature_size)
    return failure(ErrorKind::malformed, signature_path, "not an Ed25519 signature of 64 bytes");
  for (const TrustedKey& key : keys) {
    const auto name = fingerprint_of_key(key.pem);
    if (!name) return failure(name.error().kind, key.path, name.error().reason);
    const auto fits = signature_fits(key.pem, text, {*name, to_hex(*signature)});
    if (fits && *fits) return key.path;
  }
  return failure(ErrorKind::denied, signature_path,
                 "it was not made by a trusted key for these tables");
}

Result<void> is_newer(const DataOptions& options, const KnownCves& tables, const Root& root) {
  if (options.older) return {};
  const auto in_force = known_cves_of(root);
  if (!in_force) return std::unexpected(in_force.error());
  if (tables.date >= in_force->tables.date) return {};
  return failure(
      ErrorKind::denied, options.names[1],
      fmt::format(
          "is of {}, and the tables in force are newer, of {}; --older imports it all the same",
          utc_date(tables.date), utc_date(in_force->tables.date)));
}

Result<void> install(const DataOptions& options, const std::string& text) {
  const auto editor =
      options.root.empty() ? Editor::open_running_system() : Editor::open_tree(options.root);
  if (!editor) return std::unexpected(editor.error());
  const std::string path(installed_cves_path);
  const std::string folder = path.substr(0, path.rfind('/'));
  const auto there = editor->status(folder);
  if (!there) return std::unexpected(there.error());
  if (there->kind == FileKind::absent) {
    if (auto made = editor->put(folder, empty_folder(0700)); !made) return made;
  }
  return editor->put(path, text_file(text));
}

}  // namespace

Result<Answer> import_tables(const DataOptions& options) {
  const auto path = named_file(options);
  if (!path) return std::unexpected(path.error());
  auto text = read_host_file(*path, known_cves_limit);
  if (!text) return std::unexpected(text.error());
  const auto tables = read_known_cves(std::move(*text), *path);
  if (!tables) return std::unexpected(tables.error());
  const auto root = open_machine(options);
  if (!root) return std::unexpected(root.error());
  std::string signer = "nobody";
  if (!options.unsigned_) {
    const auto keys = trusted_keys(options, **root);
    if (!keys) return std::unexpected(keys.error());
    auto found = signer_of(*tables->text, *path + ".sig", *keys);
    if (!found) return std::unexpected(found.error());
    signer = std::move(*found);
  }
  if (auto newer = is_newer(options, *tables, **root); !newer)
    return std::unexpected(newer.error());
  if (auto done = install(options, *tables->text); !done) return std::unexpected(done.error());
  std::string answer = fmt::format("Installed {} {} as of {}, signed by {}.\n", tables->cves.size(),
                                   tables->cves.size() == 1 ? "vulnerability" : "vulnerabilities",
                                   utc_date(tables->date), printable(signer));
  const auto in_force = known_cves_of(**root);
  if (in_force && in_force->path.empty())
    answer += fmt::format("The compiled-in tables of {} are newer, and stay in force.\n",
                          utc_date(in_force->tables.date));
  return Answer{std::move(answer)};
}

Result<Answer> sign_tables(const DataOptions& options) {
  const auto path = named_file(options);
  if (!path) return std::unexpected(path.error());
  if (options.key.empty())
    return failure(ErrorKind::usage, "--key",
                   "is missing: a private Ed25519 key in PEM to sign with");
  const auto pem = read_key_file(options.key);
  if (!pem) return std::unexpected(pem.error());
  auto text = read_host_file(*path, known_cves_limit);
  if (!text) return std::unexpected(text.error());
  const auto tables = read_known_cves(std::move(*text), *path);
  if (!tables) return std::unexpected(tables.error());
  const auto made = sign_text(*pem, *tables->text);
  if (!made) return failure(made.error().kind, options.key, made.error().reason);
  const auto signature = from_hex(made->signature);
  const std::string signature_path = *path + ".sig";
  if (auto written = write_host_file(signature_path, *signature); !written)
    return std::unexpected(written.error());
  return Answer{
      fmt::format("Wrote {}, signed with the key {}.\n", printable(signature_path), made->key)};
}

}  // namespace kmodsec
