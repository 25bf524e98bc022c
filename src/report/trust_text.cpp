// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/modules/unpacking.hpp"
#include "model/names.hpp"
#include "report/paragraph.hpp"
#include "report/table.hpp"
#include "report/trust_report.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t status_width = 11;

class TrustText {
 public:
  TrustText(const TrustReport& report, const Style& style) : report_(report), style_(style) {}

  std::string print(bool each) {
    summary();
    identities();
    std::size_t left_out = 0;
    std::string rows;
    for (const VerifiedModule& module : report_.modules) {
      if (each || !is_fine(module) || !unpacking(module).empty())
        rows += row(module);
      else
        ++left_out;
    }
    if (!rows.empty()) out_ += "\n" + rows;
    keys();
    if (!report_.unseen.empty()) out_ += "\n" + print_gaps(report_.unseen, style_);
    if (left_out > 0)
      out_ += "\n" + paragraph(style_.faint(count_of(left_out, "module") +
                                            " in order: --verbose shows them too"),
                               2, style_);
    return std::move(out_);
  }

 private:
  static bool is_fine(const VerifiedModule& module) {
    const bool is_other = module.identity && module.identity->status == IdentityStatus::different;
    return module.verdict.status == SignatureStatus::valid && !is_other;
  }

  std::string painted(SignatureStatus status) const {
    const std::string word = fmt::format("{:<{}}", to_string(status), status_width);
    if (status == SignatureStatus::valid) return style_.good(word);
    return status == SignatureStatus::unknown ? style_.warning(word) : style_.bad(word);
  }

  static std::string_view signer_of(const VerifiedModule& module) {
    if (module.file == nullptr || !module.file->signature) return {};
    const Signature& signature = *module.file->signature;
    return signature.signer.empty() ? std::string_view(signature.key_id)
                                    : std::string_view(signature.signer);
  }

  std::string unpacking(const VerifiedModule& module) const {
    return module.file == nullptr
               ? ""
               : unpacking_note(*module.file, report_.facts->kernel.module_compression);
  }

  std::string row(const VerifiedModule& module) const {
    const SignatureVerdict& verdict = module.verdict;
    std::string text = paragraph(
        painted(verdict.status) +
            style_.bold(printable(module.file != nullptr ? module.file->path : module.name)),
        status_width, style_);
    if (!verdict.reason.empty()) text += detail(verdict.reason);
    if (verdict.status == SignatureStatus::valid)
      text += detail(fmt::format("by \"{}\", {} keyring, certificate from {}", signer_of(module),
                                 verdict.keyring, verdict.certificate_source));
    if (const std::string note = unpacking(module); !note.empty()) text += detail(note);
    return module.identity ? text + detail(in_words(*module.identity)) : text;
  }

  static std::string in_words(const Identity& identity) {
    if (identity.status == IdentityStatus::same) return "the loaded module is the file's";
    return (identity.status == IdentityStatus::different ? "the loaded module is another one: "
                                                         : "whether it is loaded: cannot tell: ") +
           identity.reason;
  }

  std::string detail(std::string_view text) const {
    return paragraph(std::string(status_width, ' ') + style_.faint(printable(text)), status_width,
                     style_);
  }

  void keys() {
    if (report_.keys.empty()) return;
    constexpr std::size_t least = 24;
    out_ += "\n" + style_.bold("Keys of this kernel") + "\n";
    Table table({{}, {.least = least}, {.least = least}}, 2);
    for (const TrustedKey& key : report_.keys)
      table.add(
          {std::string(key.keyring), printable(key.subject),
           style_.faint(printable(
               key.id +
               (key.certificate.empty() ? ": no certificate found" : " from " + key.certificate) +
               (key.for_modules ? "" : "; not asked for modules, as far as known")))});
    out_ += table.print(style_);
  }

  void summary() {
    if (report_.modules.empty() && lacks_module_support(*report_.facts)) {
      out_ += fmt::format("{}\n", no_module_support);
      return;
    }
    std::map<SignatureStatus, std::size_t> counts;
    for (const VerifiedModule& module : report_.modules) ++counts[module.verdict.status];
    std::vector<std::string> parts;
    for (const auto& [status, count] : counts)
      parts.push_back(fmt::format("{} {}", count, to_string(status)));
    out_ += paragraph(count_of(report_.modules.size(), "module") + (parts.empty() ? "" : ": ") +
                          join(parts, ", "),
                      2, style_);
  }

  /// Of the loaded modules alone.
  void identities() {
    std::map<IdentityStatus, std::size_t> counts;
    for (const VerifiedModule& module : report_.modules) {
      if (module.identity) ++counts[module.identity->status];
    }
    if (counts.empty()) return;
    std::vector<std::string> parts;
    for (const auto& [status, count] : counts)
      parts.push_back(fmt::format("{} {}", count, words_of(status)));
    out_ += paragraph("In memory: " + join(parts, ", "), 2, style_);
  }

  static std::string_view words_of(IdentityStatus status) {
    switch (status) {
      case IdentityStatus::same: return "as the file";
      case IdentityStatus::different: return "of another build than the file";
      case IdentityStatus::cannot_tell: break;
    }
    return "that cannot be told from the file";
  }

  const TrustReport& report_;
  const Style& style_;
  std::string out_;
};

}  // namespace

std::string print_trust_text(const TrustReport& report, const Style& style, bool each) {
  return TrustText(report, style).print(each);
}

}  // namespace kmodsec
