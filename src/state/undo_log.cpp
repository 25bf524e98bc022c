// SPDX-License-Identifier: GPL-2.0-or-later
#include "state/undo_log.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "format/files/digest.hpp"
#include "format/policy/undo_log.hpp"
#include "model/check.hpp"
#include "state/undo_log_rules.hpp"

namespace kmodsec {
namespace {

const std::string home = "/var/lib/kmodsec";
const std::string folder = home + "/transactions";
const std::string lock_path = home + "/lock";
constexpr std::string_view journal_name = "/journal.json";
constexpr std::string_view unfinished = ".new";
constexpr std::string_view forgotten = ".gone";
constexpr std::string_view reverted = ".undone";
constexpr std::size_t undo_log_limit = 16UL * 1024 * 1024;
constexpr std::size_t file_limit = 1024UL * 1024 * 1024;
constexpr std::uint32_t root_alone = 0700;

std::string folder_of(std::uint32_t number) { return fmt::format("{}/{:06}", folder, number); }

FileState private_file(std::string content) { return text_file(std::move(content), 0600); }

}  // namespace

std::string UndoLog::copy_of(const Transaction& transaction, const SavedPath& saved) {
  return folder_of(transaction.number) + "/" + saved.copy;
}

Result<void> UndoLog::open(std::chrono::seconds patience) {
  for (const std::string& path : {std::string("/var"), std::string("/var/lib")}) {
    if (auto made = editor_.put(path, empty_folder(0755)); !made) return made;
  }
  for (const std::string& path : {home, folder}) {
    if (auto made = editor_.put(path, empty_folder(root_alone)); !made) return made;
  }
  if (auto trusted = is_trusted_(folder); !trusted) return trusted;
  auto lock = editor_.lock(lock_path, patience);
  if (!lock) return std::unexpected(lock.error());
  lock_ = std::move(*lock);
  return {};
}

bool UndoLog::is_open_elsewhere() const { return editor_.is_locked(lock_path); }

Result<std::vector<std::uint32_t>> UndoLog::numbers_of(std::string_view suffix) const {
  std::vector<std::uint32_t> numbers;
  const auto entries = root_.list(folder);
  if (!entries && entries.error().kind == ErrorKind::not_found) return numbers;
  if (!entries) return std::unexpected(entries.error());
  for (const Entry& entry : *entries) {
    if (!entry.name.ends_with(suffix)) continue;
    const auto number = parse_number<std::uint32_t>(
        std::string_view(entry.name).substr(0, entry.name.size() - suffix.size()));
    if (number && folder_of(*number).append(suffix) == folder + "/" + entry.name)
      numbers.push_back(*number);
  }
  std::ranges::sort(numbers);
  return numbers;
}

Result<void> UndoLog::remove_copies(std::uint32_t number) const {
  return editor_.remove_files(folder_of(number).append(reverted), journal_name.substr(1));
}

/// Removes what an interrupted run left: a folder that has no name yet, or none any more, and the
/// copies of what is undone.
Result<void> UndoLog::sweep() const {
  const auto entries = root_.list(folder);
  if (!entries) return std::unexpected(entries.error());
  for (const Entry& entry : *entries) {
    if (!entry.name.ends_with(unfinished) && !entry.name.ends_with(forgotten)) continue;
    if (auto removed = editor_.remove_folder(folder + "/" + entry.name); !removed) return removed;
  }
  const auto undone = undone_numbers();
  if (!undone) return std::unexpected(undone.error());
  for (const std::uint32_t number : *undone) {
    if (auto removed = remove_copies(number); !removed) return removed;
  }
  return {};
}

Result<std::vector<Transaction>> UndoLog::all() const {
  const auto numbers = numbers_of({});
  if (!numbers) return std::unexpected(numbers.error());
  std::vector<Transaction> transactions;
  for (const std::uint32_t number : *numbers) {
    auto transaction = read(number);
    if (!transaction) return std::unexpected(transaction.error());
    transactions.push_back(std::move(*transaction));
  }
  return transactions;
}

Result<std::vector<std::uint32_t>> UndoLog::undone_numbers() const { return numbers_of(reverted); }

Result<std::vector<Transaction>> UndoLog::undone(std::vector<Unseen>& unseen) const {
  const auto numbers = undone_numbers();
  if (!numbers) return std::unexpected(numbers.error());
  std::vector<Transaction> transactions;
  for (const std::uint32_t number : *numbers) {
    auto transaction =
        read_journal(folder_of(number).append(reverted).append(journal_name), number);
    if (!transaction) {
      unseen.push_back(unseen_because(transaction.error()));
      continue;
    }
    transaction->state = TransactionState::undone;
    transactions.push_back(std::move(*transaction));
  }
  return transactions;
}

Result<Transaction> UndoLog::read(std::uint32_t number) const {
  const std::string path = folder_of(number) + std::string(journal_name);
  auto transaction = read_journal(path, number);
  if (!transaction) return transaction;
  if (const auto excess = excess_in(*transaction, own_))
    return failure(
        ErrorKind::denied, path,
        fmt::format("nothing was undone: {}; find out who wrote it, and remove it", *excess));
  return transaction;
}

Result<Transaction> UndoLog::read_journal(const std::string& path, std::uint32_t number) const {
  if (auto trusted = is_trusted_(path); !trusted) return std::unexpected(trusted.error());
  const auto text = root_.read(path, undo_log_limit);
  if (!text) return std::unexpected(text.error());
  auto transaction = parse_undo_log(*text);
  if (!transaction) return failure(ErrorKind::malformed, path, transaction.error().reason);
  if (transaction->number != number)
    return failure(ErrorKind::malformed, path, "of another transaction");
  return transaction;
}

Result<std::uint32_t> UndoLog::next_number() const {
  std::uint32_t last = 0;
  for (const auto& numbers : {this->numbers(), undone_numbers()}) {
    if (!numbers) return std::unexpected(numbers.error());
    if (!numbers->empty()) last = std::max(last, numbers->back());
  }
  return last + 1;
}

Result<void> UndoLog::save(SavedPath& saved, const std::string& into, std::size_t number) const {
  auto before = editor_.status(saved.path);
  if (!before) return std::unexpected(before.error());
  saved.before = std::move(*before);
  if (saved.before.kind != FileKind::file) return {};
  saved.copy = std::to_string(number);
  return editor_.put_copy(into + "/" + saved.copy, private_file({}), saved.path);
}

Result<Transaction> UndoLog::begin(const Plan& plan, std::int64_t time) {
  const auto number = next_number();
  if (!number) return std::unexpected(number.error());
  if (auto swept = sweep(); !swept) return std::unexpected(swept.error());
  Transaction transaction{.number = *number, .time = time, .reasons = plan.reasons};
  const std::string named = folder_of(*number);
  const std::string growing = named + std::string(unfinished);
  for (const FileEdit& edit : plan.edits) transaction.paths.push_back({.path = edit.path});
  for (const Action& action : plan.actions) {
    transaction.actions.push_back({action.deed, action.undo});
    for (const std::string& path : action.rewrites)
      transaction.paths.push_back({.path = path, .made_by_program = true});
  }
  if (auto made = editor_.put(growing, empty_folder(root_alone)); !made)
    return std::unexpected(made.error());
  const auto fill = [&]() -> Result<void> {
    for (std::size_t i = 0; i < transaction.paths.size(); ++i) {
      if (auto saved = save(transaction.paths[i], growing, i); !saved) return saved;
    }
    if (const auto excess = excess_in(transaction, own_))
      return failure(ErrorKind::denied, "the plan", *excess + ": this could not be undone");
    const std::string undo_log = growing + std::string(journal_name);
    if (auto put = editor_.put(undo_log, private_file(print_undo_log(transaction))); !put)
      return put;
    return editor_.rename(growing, named);
  };
  if (auto filled = fill(); !filled) {
    static_cast<void>(editor_.remove_folder(growing));
    return std::unexpected(filled.error());
  }
  return transaction;
}

Result<void> UndoLog::finish(Transaction& transaction) {
  for (SavedPath& saved : transaction.paths) {
    auto digest = digest_at(saved.path);
    if (!digest) return std::unexpected(digest.error());
    saved.result = std::move(*digest);
  }
  transaction.state = TransactionState::done;
  return write(transaction);
}

Result<void> UndoLog::write(const Transaction& transaction) {
  return editor_.put(folder_of(transaction.number) + std::string(journal_name),
                     private_file(print_undo_log(transaction)));
}

Result<void> UndoLog::retire(const Transaction& transaction) {
  const std::string kept = folder_of(transaction.number).append(reverted);
  if (auto renamed = editor_.rename(folder_of(transaction.number), kept); !renamed) return renamed;
  return remove_copies(transaction.number);
}

Result<void> UndoLog::forget(const Transaction& transaction) {
  const std::string named = folder_of(transaction.number);
  const std::string going = named + std::string(forgotten);
  if (auto renamed = editor_.rename(named, going); !renamed) return renamed;
  return editor_.remove_folder(going);
}

Result<std::string> UndoLog::digest_at(const std::string& path) const {
  const auto state = editor_.state(path, file_limit);
  if (!state) return std::unexpected(state.error());
  return digest_of(*state);
}

std::string UndoLog::digest_of(const FileState& state) {
  if (state.kind == FileKind::absent) return "absent";
  if (state.kind == FileKind::folder) return "folder";
  return fmt::format("{} {:o} {}:{} {}", state.kind == FileKind::link ? "link" : "file", state.mode,
                     state.uid, state.gid, hex_digest(Digest::sha256, state.content));
}

Result<FileState> UndoLog::state_before(const Transaction& transaction,
                                        const SavedPath& saved) const {
  FileState state = saved.before;
  if (state.kind != FileKind::file) return state;
  const std::string copy = copy_of(transaction, saved);
  if (auto trusted = is_trusted_(copy); !trusted) return std::unexpected(trusted.error());
  auto content = root_.read(copy, undo_log_limit);
  if (!content) return std::unexpected(content.error());
  state.content = std::move(*content);
  return state;
}

}  // namespace kmodsec
