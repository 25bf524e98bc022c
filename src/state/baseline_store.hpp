// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where baselines are kept: an SQLite database with the entries of the newest generation, and the
// heads of all. Each head names the digest of the one before, so that a store which was rewritten
// in part, cut, or put together from two does not fit itself. Who may write the file can rewrite
// all of it: against that stands a signature whose key, or a copy that, is kept elsewhere.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "format/files/sqlite.hpp"
#include "model/baseline/baseline.hpp"

namespace kmodsec {

class BaselineStore {
 public:
  /// The bytes of a store, to read: whoever wrote it. `path` names it in errors. Errors:
  /// `not_found` without any; `malformed` for what is no store; `unsupported` for one that a newer
  /// version wrote.
  static Result<BaselineStore> reader(std::string bytes, const std::string& path);

  /// A new one with all that these bytes hold, to change in memory; nothing becomes an empty one.
  /// Errors as above.
  static Result<BaselineStore> writer(std::string bytes, const std::string& path);

  /// The bytes that its file is to have.
  Result<std::string> bytes() const { return image_.bytes(); }

  /// The newest generation; nothing in an empty store. Errors: `malformed`, saying what does not
  /// fit: the entries their digest, or a generation the one before.
  Result<std::optional<Baseline>> newest() const;

  /// The signature of the newest generation, not checked. Errors: `malformed` for what can be none.
  Result<std::optional<Ed25519Signature>> signature() const;

  /// Signature the newest generation, which `digest` has to name.
  Result<void> set_signature(const std::string& digest, const Ed25519Signature& signature);

  /// The last of `note_check`.
  Result<std::optional<BaselineCheck>> last_check() const;
  Result<void> note_check(const BaselineCheck& check);

  /// The heads of all generations, oldest first, without entries.
  Result<std::vector<Baseline>> generations() const;

  /// Puts a generation behind the newest, which `previous` has to name: what was made from an older
  /// one would undo what came between. Number and digest are filled in.
  Result<void> append(Baseline& baseline);

 private:
  BaselineStore(SqliteImage image, std::string path, bool is_first_version)
      : image_(std::move(image)), path_(std::move(path)), is_first_version_(is_first_version) {}

  Result<void> write_entries(Baseline& baseline);  ///< And fills in their digest.
  Result<void> write_head(const Baseline& head);
  Result<void> read_entries(Baseline& baseline) const;
  std::unexpected<Error> changed_meanwhile() const;

  SqliteImage image_;
  std::string path_;
  bool is_first_version_;  ///< Of its tables. One to write is of the newest.
};

}  // namespace kmodsec
