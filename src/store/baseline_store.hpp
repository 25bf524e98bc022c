// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where baselines are kept: an SQLite database with the entries of the newest generation, and the
// heads of all. Each head names the digest of the one before, so that a store which was rewritten
// in part, cut, or put together from two does not fit itself. Who may write the file can rewrite
// all of it: against that stands a seal whose key, or a copy that, is kept elsewhere.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/baseline.hpp"

struct sqlite3;

namespace kmodsec {

class BaselineStore {
 public:
  /// Shows the store as it is at the first question, and lets nobody write while it is open. What a
  /// writer left unfinished is undone. Errors: `not_found`; `denied`; `malformed` for what is no
  /// store; `unsupported` for one that a newer version wrote.
  static Result<BaselineStore> reader(const std::string& path);

  /// The same to write; an empty file becomes one. One run writes at a time, others wait for ten
  /// seconds and are told then.
  static Result<BaselineStore> writer(const std::string& path);

  /// The bytes of a store, to read.
  static Result<BaselineStore> of_bytes(std::string_view bytes, const std::string& path);

  BaselineStore(BaselineStore&&) noexcept;
  BaselineStore& operator=(BaselineStore&&) noexcept;
  ~BaselineStore();

  /// The newest generation; nothing in an empty store. Errors: `malformed`, saying what does not
  /// fit: the entries their digest, or a generation the one before.
  Result<std::optional<Baseline>> newest() const;

  /// Of the newest generation.
  Result<std::optional<BaselineSeal>> seal() const;

  /// Seals the newest generation, which `digest` has to name.
  Result<void> set_seal(const std::string& digest, const BaselineSeal& seal);

  /// The last of `note_check`.
  Result<std::optional<BaselineCheck>> last_check() const;
  Result<void> note_check(const BaselineCheck& check);

  /// The heads of all generations, oldest first, without entries.
  Result<std::vector<Baseline>> generations() const;

  /// Puts a generation behind the newest, which `previous` has to name: what was made from an older
  /// one would undo what came between. Number and digest are filled in. All of it or nothing,
  /// whatever happens meanwhile.
  Result<void> append(Baseline& baseline);

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };

  BaselineStore(std::unique_ptr<sqlite3, Close> database, std::string path);

  static Result<BaselineStore> connect(const std::string& path, int flags);
  Result<void> begin_reading();
  Result<void> check_format() const;
  Result<void> make_tables();
  Result<void> write_entries(Baseline& baseline);  ///< And fills in their digest.
  Result<void> write_head(const Baseline& head);
  Result<void> read_entries(Baseline& baseline) const;
  std::unexpected<Error> changed_meanwhile() const;

  std::unique_ptr<sqlite3, Close> database_;
  std::string path_;
};

}  // namespace kmodsec
