// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/names.hpp"
#include "report/inventory_report.hpp"
#include "report/loading/position_words.hpp"
#include "report/paragraph.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t show_label_width = 16;

/// Twenty bytes in a line, as modinfo(8) breaks a signature, or fewer where there is less room.
std::string wrapped_hex(std::string_view hex, std::size_t columns) {
  constexpr std::size_t columns_of_byte = 3;
  constexpr std::size_t most_bytes = 20;
  const std::size_t room = (columns - std::min(columns, show_label_width)) / columns_of_byte;
  const std::size_t width = std::clamp<std::size_t>(room, 1, most_bytes) * columns_of_byte;
  std::string lines;
  for (; hex.size() > width; hex.remove_prefix(width))
    lines += fmt::format("{}\n{:{}}", printable(hex.substr(0, width)), "", show_label_width);
  return lines + printable(hex);
}

std::string_view before_colon(std::string_view value) { return value.substr(0, value.find(':')); }

std::string_view after_colon(std::string_view value) {
  const std::size_t colon = value.find(':');
  return colon == std::string_view::npos ? std::string_view{} : value.substr(colon + 1);
}

using ByParameter = std::map<std::string_view, std::string_view>;

/// "NAME:WHAT IS SAID OF IT" by name. The last one stands, as for modinfo(8).
ByParameter by_parameter(const std::vector<InfoField>& fields, std::string_view key) {
  ByParameter said;
  for (const InfoField& field : fields) {
    if (field.key == key) said[before_colon(field.value)] = field.value;
  }
  return said;
}

class ShowText {
 public:
  ShowText(const ModuleDetails& details, const Style& style, bool with_signature)
      : details_(details), style_(style), with_signature_(with_signature) {}

  /// What decides comes first, then its vulnerabilities, then all that is known of it.
  std::string print() {
    presence();
    place();
    if (details_.loaded != nullptr) row("used by", words_of(details_.use));
    if (details_.load_paths) load_state(*details_.load_paths);
    if (details_.keep) keep(*details_.keep);
    if (details_.file != nullptr) trust();
    if (details_.loaded != nullptr && details_.identity) identity(*details_.identity);
    if (details_.cves) cves(*details_.cves);
    if (details_.file != nullptr) file(*details_.file);
    if (details_.builtin != nullptr && details_.file == nullptr) builtin(*details_.builtin);
    if (details_.loaded != nullptr) loaded(*details_.loaded);
    for (const ConfigLine& option : details_.options)
      row("configured", fmt::format("{} ({}:{})", option.argument, option.source, option.line));
    return std::move(out_);
  }

 private:
  /// The label column of modinfo(8), so that eyes and scripts find what they know.
  void row(std::string_view label, std::string_view value) { painted_row(label, printable(value)); }

  void painted_row(std::string_view label, std::string_view value) {
    out_ += labelled(printable(label) + ":", value, {.width = show_label_width}, style_);
  }

  void place() {
    if (details_.file_state.status != FilePresence::there && details_.builtin == nullptr)
      row("file", words_of(details_.file_state));
    if (details_.file != nullptr) {
      row("filename", details_.file->path);
      package(*details_.file);
    } else if (details_.builtin != nullptr) {
      row("filename", "(builtin)");
    }
  }

  void presence() {
    std::string states;
    const auto add = [&](std::string_view state) {
      states += states.empty() ? state : fmt::format(", {}", state);
    };
    if (details_.loaded != nullptr) add("loaded");
    if (details_.builtin != nullptr) add("built into the kernel");
    if (details_.file != nullptr) add("on disk");
    out_ += paragraph(style_.bold(printable(details_.name)) + "  " + states, 2, style_);
  }

  void builtin(const BuiltinModule& module) {
    row("name", module.name);
    info(module.info);
  }

  void file(const ModuleFile& file) {
    if (file.content)
      info(file.content->info);
    else if (details_.file_state.status == FilePresence::there)
      painted_row("damaged", style_.bad(printable(file.content.error().reason)));
    if (file.signature && !file.signature->id_type.empty()) signature(*file.signature);
    if (file.content && !file.content->build_id.empty()) row("build-id", file.content->build_id);
    if (file.compression != "none") row("compression", file.compression);
    if (!file.kernel_cannot_unpack.empty()) row("unpacking", file.kernel_cannot_unpack);
    if (file.digests) row("sha256", file.digests->sha256);
  }

  /// Each parameter once, joined with its type, as modinfo prints it: "parm: NAME:TEXT (TYPE)".
  void info(const std::vector<InfoField>& fields) {
    ByParameter described = by_parameter(fields, "parm");
    ByParameter typed = by_parameter(fields, "parmtype");
    for (const InfoField& field : fields) {
      if (field.key != "parm" && field.key != "parmtype") row(field.key, field.value);
    }
    for (const InfoField& field : fields) {
      if (field.key != "parm") continue;
      const auto description = described.extract(before_colon(field.value));
      if (!description.empty()) parameter(description.mapped(), typed.extract(description.key()));
    }
    for (const auto& [name, name_and_type] : typed) row("parm", name_and_type);
  }

  void parameter(std::string_view description, const ByParameter::node_type& type) {
    if (type.empty()) return row("parm", description);
    row("parm", fmt::format("{} ({})", description, after_colon(type.mapped())));
  }

  void trust() {
    const SignatureVerdict& verdict = details_.signature;
    std::string status(to_string(verdict.status));
    if (!verdict.reason.empty()) status += " (" + verdict.reason + ")";
    if (!verdict.keyring.empty())
      status += fmt::format(" (key in {}, certificate from {})", verdict.keyring,
                            verdict.certificate_source);
    row("sig_status", status);
  }

  void signature(const Signature& signature) {
    row("signer", signature.signer);
    if (!with_signature_) return;
    row("sig_id", signature.id_type);
    row("sig_key", signature.key_id);
    row("sig_hashalgo", signature.hash_algorithm);
    out_ += fmt::format("{:<{}}{}\n", "signature:", show_label_width,
                        wrapped_hex(signature.value, style_.width()));
  }

  void package(const ModuleFile& file) {
    if (!file.package) return row("package", "unknown: " + to_string(file.package.error()));
    const PackageClaim& claim = *file.package;
    if (claim.level == PackageLevel::unowned)
      return row("package", "none: no package owns this file");
    row("package", fmt::format("{} {} ({})", claim.name, claim.version, to_string(claim.level)));
  }

  void loaded(const LoadedModule& module) {
    row("size", fmt::format("{} bytes in memory", module.size));
    row("state", module.state);
    if (module.refcount) row("refcount", std::to_string(*module.refcount));
    row("taint", module.taint.empty() ? "none" : module.taint);
    if (module.address) row("address", fmt::format("0x{:016x}", *module.address));
    for (const Parameter& parameter : module.parameters)
      row("parameter",
          parameter.name + "=" +
              (parameter.value ? *parameter.value : "(" + parameter.value.error().reason + ")"));
  }

  void cves(const std::vector<CveAnswer>& answers) {
    for (const CveAnswer& answer : answers) {
      if (is_notable(answer))
        row("cve",
            fmt::format("{} {}, {}: {}", cve_id(*answer.cve), words_of(answer.verdict.status),
                        words_of(answer.cve->exploit), answer.verdict.words));
    }
    const VulnerabilityCounts counts = counts_of(answers);
    painted_row("known CVEs",
                printable(words_of(counts)) +
                    (counts.open() > 0 ? ": " + command("kmodsec cves") : std::string()));
  }

  /// One that is to be pasted, with the module's name.
  std::string command(std::string_view words) const {
    return unbroken(fmt::format("{} {}", words, printable(details_.name)));
  }

  /// Whether it can get in, and who can bring it in.
  void load_state(const ModuleLoadPaths& load_paths) {
    std::string words(words_of(load_state_of(load_paths)));
    if (!load_paths.trigger.empty())
      words += fmt::format("; {}: {}", position_words(load_paths.position), load_paths.trigger);
    row("load paths", words);
    if (load_paths.deny_offered) painted_row("close it", command("kmodsec deny"));
    if (!load_paths.rebuild.empty()) painted_row("close it", rebuild_words(load_paths));
    by_hand(load_paths);
  }

  /// A line that lets root's own modprobe pass over the denies.
  void by_hand(const ModuleLoadPaths& load_paths) {
    for (const LoadPathVerdict& verdict : load_paths.load_paths) {
      const bool is_open = verdict.load_path == LoadPath::insmod &&
                           verdict.outcome == LoadPathOutcome::loads && verdict.decided_by;
      if (is_open)
        row("by hand", fmt::format("{} ({}:{})", verdict.note, verdict.decided_by->file,
                                   verdict.decided_by->line));
    }
  }

  /// Whether the policy keeps it when it denies everything else.
  void keep(const KeepAnswer& answer) {
    if (answer.kept) {
      row("kept", fmt::format("yes ({}): {}", to_string(answer.kept->cause), answer.kept->reason));
      return;
    }
    std::string words = words_of_closed(answer);
    if (!answer.reach.trigger.empty())
      words += fmt::format("; without that {} could bring it in: {}",
                           position_words(answer.reach.position), answer.reach.trigger);
    row("kept", words);
  }

  static std::string words_of_closed(const KeepAnswer& answer) {
    if (answer.mode == KeepMode::observe)
      return "no: will be denied with everything else once that is enforced";
    if (!answer.opened_by.empty()) return "no: open by " + answer.opened_by;
    return answer.denied ? "no: denied with everything else"
                         : "no: the next apply denies it with everything else";
  }

  void identity(const Identity& identity) {
    row("in memory", identity.status == IdentityStatus::same ? "what its file holds"
                     : identity.status == IdentityStatus::different
                         ? "another build than its file: " + identity.reason
                         : "cannot be told from its file: " + identity.reason);
  }

  const ModuleDetails& details_;
  const Style& style_;
  const bool with_signature_;
  std::string out_;
};

}  // namespace

std::string print_show_text(const ModuleSelection& selection, const Style& style,
                            bool with_signature) {
  std::string out;
  for (const ModuleDetails& details : selection.modules)
    out += (out.empty() ? "" : "\n") + ShowText(details, style, with_signature).print();
  return out + print_gaps(selection.unseen, style);
}

}  // namespace kmodsec
