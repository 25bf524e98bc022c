// SPDX-License-Identifier: GPL-2.0-or-later
#include "state/usage_store.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "model/host/module_name.hpp"
#include "state/sqlite_store.hpp"

namespace kmodsec {
namespace {

constexpr int longest_usage_row = 16 * 1024;
constexpr std::int64_t no_user = -1;
constexpr std::int64_t never = -1;

enum Place { record_table, boots_table, modules_table, stopped_table, requesters_table };

/// `stopped` of a requester tells whether it is one of `stopped`, or of `modules`.
constexpr std::array usage_tables = {
    StoreTable{"record",
               "CREATE TABLE record (one INTEGER PRIMARY KEY CHECK (one = 1),"
               " machine TEXT NOT NULL, observed_since INTEGER NOT NULL)",
               3},
    StoreTable{"boots",
               "CREATE TABLE boots (place INTEGER PRIMARY KEY, id TEXT NOT NULL,"
               " kernel TEXT NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL)",
               5},
    StoreTable{"modules",
               "CREATE TABLE modules (module TEXT PRIMARY KEY, first_seen INTEGER NOT NULL,"
               " last_seen INTEGER NOT NULL, boots INTEGER NOT NULL, last_boot TEXT NOT NULL,"
               " held_by TEXT NOT NULL, imported_from TEXT NOT NULL) WITHOUT ROWID",
               7},
    StoreTable{"stopped",
               "CREATE TABLE stopped (module TEXT PRIMARY KEY, first_seen INTEGER NOT NULL,"
               " last_seen INTEGER NOT NULL, times INTEGER NOT NULL) WITHOUT ROWID",
               4},
    StoreTable{"requesters",
               "CREATE TABLE requesters (stopped INTEGER NOT NULL, module TEXT NOT NULL,"
               " place INTEGER NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL,"
               " user INTEGER NOT NULL, PRIMARY KEY (stopped, module, place)) WITHOUT ROWID",
               6},
};

constexpr StoreFormat usage_format = {
    .tables = usage_tables,
    .version = 1,
    .longest_row = longest_usage_row,
    .absent = "no record of used modules; 'kmodsec learn record' begins one"};

/// Reads the rows of one table after the other, and stops at what no record has.
class UsageReader {
 public:
  UsageReader(const SqliteImage& image, const std::string& path) : image_(image), path_(path) {}

  Result<UsageRecord> read() {
    UsageRecord record;
    const std::array steps = {&UsageReader::read_head, &UsageReader::read_boots,
                              &UsageReader::read_modules, &UsageReader::read_stopped,
                              &UsageReader::read_requesters};
    for (const auto step : steps) {
      (this->*step)(record);
      if (problem_) return std::unexpected(*problem_);
    }
    return record;
  }

 private:
  /// Calls `take(row)` for each, at most `most` of them.
  void for_each_row(const char* sql, std::size_t most,
                    const std::function<void(Statement&)>& take) {
    Statement row(image_, sql);
    for (std::size_t count = 0; !problem_ && row.step(); ++count) {
      if (count == most) return refuse("more of it than a record has");
      take(row);
    }
    if (row.failed() && !problem_) problem_ = image_.error();
  }

  void refuse(const std::string& what) {
    if (!problem_) problem_ = Error{ErrorKind::malformed, path_, "altered: " + what};
  }

  std::string text(Statement& row, int column) {
    std::string read = row.text(column);
    if (read.size() > longest_usage_text) refuse("a text that is too long");
    if (utf8_text(read) != read) refuse("a text that is not UTF-8");
    return read;
  }

  std::string module(Statement& row, int column) {
    std::string name = text(row, column);
    if (!is_module_name(name)) refuse("a name that no module has");
    return name;
  }

  std::int64_t seconds(Statement& row, int column) { return number(row, column, 0, last_second); }

  std::int64_t number(Statement& row, int column, std::int64_t least, std::int64_t most) {
    const std::int64_t read = row.number(column);
    if (read < least || read > most) refuse("a number that is out of its bounds");
    return std::clamp(read, least, most);
  }

  void read_head(UsageRecord& record) {
    for_each_row("SELECT machine, observed_since FROM record", 1, [&](Statement& row) {
      record.machine = text(row, 0);
      const std::int64_t since = number(row, 1, never, last_second);
      if (since != never) record.observed_since = since;
    });
  }

  void read_boots(UsageRecord& record) {
    for_each_row(
        "SELECT id, kernel, first_seen, last_seen FROM boots ORDER BY place", most_recorded_boots,
        [&](Statement& row) {
          record.boots.push_back({text(row, 0), text(row, 1), seconds(row, 2), seconds(row, 3)});
        });
  }

  void read_modules(UsageRecord& record) {
    for_each_row(
        "SELECT module, first_seen, last_seen, boots, last_boot, held_by, imported_from"
        " FROM modules ORDER BY module",
        most_recorded_modules, [&](Statement& row) {
          constexpr std::int64_t most_boots = std::numeric_limits<std::uint32_t>::max();
          record.modules.push_back(
              {.module = module(row, 0),
               .first_seen = seconds(row, 1),
               .last_seen = seconds(row, 2),
               .boots = static_cast<std::uint32_t>(number(row, 3, 0, most_boots)),
               .last_boot = text(row, 4),
               .held_by = text(row, 5),
               .imported_from = text(row, 6),
               .requesters = {}});
        });
    must_be_sorted(record.modules);
  }

  /// A damaged table can have its rows in any order.
  template <class Used>
  void must_be_sorted(const std::vector<Used>& used) {
    const auto is_out_of_order = std::ranges::adjacent_find(
        used, [](const Used& one, const Used& next) { return one.module >= next.module; });
    if (is_out_of_order != used.end()) refuse("its modules are not in order");
  }

  void read_stopped(UsageRecord& record) {
    for_each_row(
        "SELECT module, first_seen, last_seen, times FROM stopped ORDER BY module",
        most_recorded_modules, [&](Statement& row) {
          constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
          record.stopped.push_back({.module = module(row, 0),
                                    .first_seen = seconds(row, 1),
                                    .last_seen = seconds(row, 2),
                                    .times = static_cast<std::uint64_t>(number(row, 3, 0, most)),
                                    .requesters = {}});
        });
    must_be_sorted(record.stopped);
  }

  template <class Used>
  void add_requester(std::vector<Used>& used, const std::string& module, Requester requester) {
    const auto found = std::ranges::lower_bound(used, module, {}, &Used::module);
    if (found == used.end() || found->module != module)
      return refuse("who asked for a module that it does not have");
    if (found->requesters.size() == most_requesters) return refuse("more of it than a record has");
    found->requesters.push_back(std::move(requester));
  }

  void read_requesters(UsageRecord& record) {
    constexpr std::size_t most = 2 * most_recorded_modules * most_requesters;
    for_each_row(
        "SELECT stopped, module, kind, detail, user FROM requesters"
        " ORDER BY stopped, module, place",
        most, [&](Statement& row) {
          const std::string name = module(row, 1);
          Requester requester = requester_in(row);
          if (number(row, 0, 0, 1) == 1)
            add_requester(record.stopped, name, std::move(requester));
          else
            add_requester(record.modules, name, std::move(requester));
        });
  }

  Requester requester_in(Statement& row) {
    const std::string word = text(row, 2);
    const auto kind = std::ranges::find_if(
        all_requester_kinds, [&](RequesterKind known) { return to_string(known) == word; });
    if (kind == all_requester_kinds.end()) refuse("a kind of asking that is none");
    Requester requester{.kind = kind == all_requester_kinds.end() ? RequesterKind::kernel : *kind,
                        .detail = text(row, 3),
                        .user = {}};
    constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
    const std::int64_t user = number(row, 4, no_user, most);
    if (user != no_user) requester.user = static_cast<std::uint32_t>(user);
    return requester;
  }

  const SqliteImage& image_;
  const std::string& path_;
  std::optional<Error> problem_;
};

/// Writes rows of one table.
class Rows {
 public:
  Rows(const SqliteImage& image, Place table) : insert_(image, insert_into(usage_tables[table])) {}

  template <class... Values>
  void add(const Values&... values) {
    int column = 0;
    (insert_.bind(++column, values), ...);
    insert_.step();
    insert_.reset();
  }

  bool failed() const { return insert_.failed(); }

 private:
  Statement insert_;
};

std::string_view text_of(const std::string& text) { return text; }

std::int64_t number_of(std::uint64_t number) {
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(std::min(number, most));
}

bool write_head(const SqliteImage& image, const UsageRecord& record) {
  Rows rows(image, record_table);
  rows.add(std::int64_t{1}, text_of(record.machine), record.observed_since.value_or(never));
  return !rows.failed();
}

bool write_boots(const SqliteImage& image, const UsageRecord& record) {
  Rows rows(image, boots_table);
  std::int64_t place = 0;
  for (const RecordedBoot& boot : record.boots)
    rows.add(place++, text_of(boot.id), text_of(boot.kernel), boot.first_seen, boot.last_seen);
  return !rows.failed();
}

template <class Used>
void write_requesters(Rows& rows, const Used& used, std::int64_t stopped) {
  std::int64_t place = 0;
  for (const Requester& requester : used.requesters) {
    const std::int64_t user = requester.user ? std::int64_t{*requester.user} : no_user;
    rows.add(stopped, text_of(used.module), place++, to_string(requester.kind),
             text_of(requester.detail), user);
  }
}

bool write_modules(const SqliteImage& image, const UsageRecord& record) {
  Rows modules(image, modules_table);
  Rows stopped(image, stopped_table);
  Rows requesters(image, requesters_table);
  for (const UsedModule& used : record.modules) {
    modules.add(text_of(used.module), used.first_seen, used.last_seen, std::int64_t{used.boots},
                text_of(used.last_boot), text_of(used.held_by), text_of(used.imported_from));
    write_requesters(requesters, used, 0);
  }
  for (const StoppedLoad& load : record.stopped) {
    stopped.add(text_of(load.module), load.first_seen, load.last_seen, number_of(load.times));
    write_requesters(requesters, load, 1);
  }
  return !modules.failed() && !stopped.failed() && !requesters.failed();
}

}  // namespace

Result<UsageRecord> read_usage_store(std::string bytes, const std::string& path) {
  const auto image = open_store(std::move(bytes), path, usage_format);
  if (!image) return std::unexpected(image.error());
  return UsageReader(*image, path).read();
}

Result<std::string> usage_store_bytes(const UsageRecord& record, const std::string& path) {
  const auto image = make_store(path, usage_format);
  if (!image) return std::unexpected(image.error());
  for (const auto write : {write_head, write_boots, write_modules}) {
    if (!write(*image, record)) return std::unexpected(image->error());
  }
  return image->bytes();
}

}  // namespace kmodsec
