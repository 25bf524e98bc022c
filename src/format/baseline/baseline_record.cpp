// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/baseline/baseline_record.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/parallel.hpp"
#include "base/shown_text.hpp"
#include "base/text.hpp"
#include "format/files/json.hpp"
#include "model/names.hpp"

namespace kmodsec {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view schema = "kmodsec.baseline-record/2";
constexpr std::string_view schema_without_folders = "kmodsec.baseline/1";

/// A digest is taken of it, so that a record of an older format is printed as it was.
Json head_json(const Baseline& baseline) {
  Json head = {{"schema", records_folders(baseline) ? schema : schema_without_folders},
               {"generation", baseline.generation},
               {"time", baseline.time},
               {"reason", baseline.reason},
               {"previous", baseline.previous}};
  if (records_folders(baseline)) head["machine"] = baseline.machine;
  return head;
}

/// A record that has no target is printed without one: an older format knew none.
Json attributes_json(const std::optional<FileAttributes>& attributes) {
  if (!attributes) return nullptr;
  Json json = {{"size", attributes->size}, {"mode", attributes->mode},
               {"uid", attributes->uid},   {"gid", attributes->gid},
               {"link", attributes->link}, {"capabilities", attributes->capabilities}};
  if (const auto& target = attributes->target)
    json["target"] = {{"mode", target->mode}, {"uid", target->uid}, {"gid", target->gid}};
  return json;
}

Json package_json(const std::optional<PackageClaim>& package) {
  if (!package) return nullptr;
  return {
      {"name", package->name}, {"version", package->version}, {"level", to_string(package->level)}};
}

std::optional<LinkTarget> target_from(const Json& json) {
  if (!json.contains("target")) return std::nullopt;
  const Json& target = json.at("target");
  return LinkTarget{.mode = target.at("mode").get<std::uint32_t>(),
                    .uid = target.at("uid").get<std::uint32_t>(),
                    .gid = target.at("gid").get<std::uint32_t>()};
}

std::optional<FileAttributes> attributes_from(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return FileAttributes{.size = json.at("size").get<std::uint64_t>(),
                        .mode = json.at("mode").get<std::uint32_t>(),
                        .uid = json.at("uid").get<std::uint32_t>(),
                        .gid = json.at("gid").get<std::uint32_t>(),
                        .link = json.at("link").get<std::string>(),
                        .capabilities = json.at("capabilities").get<std::string>(),
                        .target = target_from(json)};
}

std::optional<PackageClaim> package_from(const Json& json) {
  if (json.is_null()) return std::nullopt;
  const auto level = parse_package_level(json.at("level").get<std::string>());
  return PackageClaim{json.at("name").get<std::string>(), json.at("version").get<std::string>(),
                      level.value_or(PackageLevel::unowned)};
}

std::optional<SignatureStatus> signature_from(const std::string& word) {
  if (word.empty()) return std::nullopt;
  const auto status = parse_signature_status(word);
  if (!status) throw std::invalid_argument("an unknown status of a signature");
  return status;
}

BaselineEntry entry_from(const Json& json) {
  const auto text = [&](const char* key) { return json.at(key).get<std::string>(); };
  const auto kind = parse_baseline_kind(text("kind"));
  if (!kind) throw std::invalid_argument("an unknown kind of file");
  return {.file = {text("path"), *kind, text("kernel")},
          .sha256 = text("sha256"),
          .payload_sha256 = text("payload_sha256"),
          .attributes = attributes_from(json.at("attributes")),
          .signature = signature_from(text("signature")),
          .package = package_from(json.at("package"))};
}

Baseline head_from(const Json& json) {
  const auto written_as = json.at("schema").get<std::string>();
  if (written_as != schema && written_as != schema_without_folders)
    throw std::invalid_argument("of a format that this version does not read");
  Baseline baseline;
  baseline.format = written_as == schema ? newest_baseline_format : format_without_folders;
  if (records_folders(baseline)) baseline.machine = json.at("machine").get<std::string>();
  baseline.generation = json.at("generation").get<std::int64_t>();
  baseline.time = json.at("time").get<std::int64_t>();
  baseline.reason = json.at("reason").get<std::string>();
  baseline.previous = json.at("previous").get<std::string>();
  baseline.digest = json.at("digest").get<std::string>();
  return baseline;
}

/// What `read` makes of a line that is JSON.
template <class Read>
auto read_line(std::string_view line, Read read) -> Result<decltype(read(Json{}))> {
  const Json json = parse_json<Json>(line);
  try {
    return read(json);
  } catch (const Json::exception&) {
    return failure(ErrorKind::malformed, "", "not a line of a baseline");
  } catch (const std::invalid_argument& problem) {
    return failure(ErrorKind::malformed, "", problem.what());
  }
}

std::string line_of(const Json& json) { return escaped_json(dump_json(json, -1)) + "\n"; }

Error at_line(std::size_t number, const std::string& reason) {
  return {ErrorKind::malformed, "", fmt::format("line {}: {}", number, reason)};
}

}  // namespace

std::string print_baseline_entry(const BaselineEntry& entry) {
  return line_of({{"path", entry.file.path},
                  {"kind", to_string(entry.file.kind)},
                  {"kernel", entry.file.kernel},
                  {"sha256", entry.sha256},
                  {"payload_sha256", entry.payload_sha256},
                  {"attributes", attributes_json(entry.attributes)},
                  {"signature", entry.signature ? to_string(*entry.signature) : ""},
                  {"package", package_json(entry.package)}});
}

Result<BaselineEntry> parse_baseline_entry(std::string_view line) {
  return read_line(line, entry_from);
}

std::vector<std::string> print_baseline_entries(std::span<const BaselineEntry> entries) {
  std::vector<std::string> lines(entries.size());
  parallel_for(entries.size(), 0,
               [&](std::size_t i) { lines[i] = print_baseline_entry(entries[i]); });
  return lines;
}

Result<void> parse_baseline_entries(const std::vector<std::string>& lines,
                                    std::vector<BaselineEntry>& entries) {
  std::vector<Result<BaselineEntry>> parsed(lines.size());
  parallel_for(lines.size(), 0, [&](std::size_t i) { parsed[i] = parse_baseline_entry(lines[i]); });
  for (Result<BaselineEntry>& entry : parsed) {
    if (!entry) return std::unexpected(entry.error());
    entries.push_back(std::move(*entry));
  }
  return {};
}

BaselineDigest::BaselineDigest(const Baseline& head) { digest_.add(line_of(head_json(head))); }

void BaselineDigest::add(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) digest_.add(line);
}

std::string digest_of(const Baseline& baseline) {
  BaselineDigest digest(baseline);
  digest.add(print_baseline_entries(baseline.entries));
  return digest.hex();
}

std::string print_baseline(const Baseline& baseline) {
  Json head = head_json(baseline);
  head["digest"] = baseline.digest;
  std::string text = line_of(head);
  for (const BaselineEntry& entry : baseline.entries) text += print_baseline_entry(entry);
  return text;
}

Result<Baseline> parse_baseline(std::string_view text) {
  Baseline baseline;
  std::optional<Error> problem;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    if (problem) return;
    if (number == 1) {
      auto head = read_line(line, head_from);
      if (!head) problem = at_line(number, head.error().reason);
      if (head) baseline = std::move(*head);
      return;
    }
    auto entry = parse_baseline_entry(line);
    if (!entry) problem = at_line(number, entry.error().reason);
    if (entry) baseline.entries.push_back(std::move(*entry));
  });
  if (problem) return std::unexpected(*problem);
  if (baseline.digest.empty()) return failure(ErrorKind::malformed, "", "no baseline");
  if (!are_in_order(baseline.entries))
    return failure(ErrorKind::malformed, "", "altered: its entries are not in order");
  if (digest_of(baseline) != baseline.digest)
    return failure(ErrorKind::malformed, "", "altered: its digest is not that of its entries");
  return baseline;
}

bool are_in_order(std::span<const BaselineEntry> entries) {
  return std::ranges::adjacent_find(entries, std::ranges::greater_equal{}, path_of) ==
         entries.end();
}

bool can_be_signature(const Ed25519Signature& signature) {
  constexpr std::size_t key_digits = 64;
  constexpr std::size_t signature_digits = 128;
  return signature.key.size() == key_digits && signature.signature.size() == signature_digits &&
         from_hex(signature.key) && from_hex(signature.signature);
}

}  // namespace kmodsec
