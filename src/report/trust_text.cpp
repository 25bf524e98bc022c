// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/modules/unpacking.hpp"
#include "model/names.hpp"
#include "report/trust_report.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t status_width = 11;

class TrustText {
 public:
  TrustText(const TrustReport& report, const Style& style) : report_(report), style_(style) {}

  std::string print(bool each) {
    for (const VerifiedModule& module : report_.modules) {
      const bool different =
          module.identity && module.identity->status == IdentityStatus::different;
      const bool is_fine = module.verdict.status == SignatureStatus::valid && !different;
      if (each || !is_fine || !unpacking(module).empty()) row(module);
    }
    keys();
    gaps();
    summary();
    return std::move(out_);
  }

 private:
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

  void row(const VerifiedModule& module) {
    out_ += painted(module.verdict.status) +
            style_.bold(printable(module.file != nullptr ? module.file->path : module.name)) + "\n";
    const SignatureVerdict& verdict = module.verdict;
    if (!verdict.reason.empty()) detail(verdict.reason);
    if (verdict.status == SignatureStatus::valid)
      detail(fmt::format("by \"{}\", {} keyring, certificate from {}", signer_of(module),
                         verdict.keyring, verdict.certificate_source));
    if (const std::string note = unpacking(module); !note.empty()) detail(note);
    if (!module.identity) return;
    const Identity& identity = *module.identity;
    if (identity.status == IdentityStatus::same) return detail("the loaded module is the file's");
    detail((identity.status == IdentityStatus::different ? "the loaded module is another one: "
                                                         : "whether it is loaded: cannot tell: ") +
           identity.reason);
  }

  void detail(std::string_view text) {
    out_ += std::string(status_width, ' ') + style_.faint(printable(text)) + "\n";
  }

  void keys() {
    if (report_.keys.empty()) return;
    out_ += (out_.empty() ? "" : "\n") + style_.bold("Keys of this kernel") + "\n";
    for (const TrustedKey& key : report_.keys)
      out_ += fmt::format(
          "  {:<10}{} {}\n", key.keyring, printable(key.subject),
          style_.faint(printable(
              key.id +
              (key.certificate.empty() ? ": no certificate found" : " from " + key.certificate) +
              (key.for_modules ? "" : "; not asked for modules, as far as known"))));
  }

  void gaps() {
    for (const Unseen& gap : report_.unseen)
      out_ +=
          fmt::format("{} {}: {}\n", style_.warning("?"), printable(gap.what), printable(gap.why));
  }

  void summary() {
    const KernelState& kernel = report_.facts->kernel;
    if (report_.modules.empty() && report_.facts->live &&
        !kernel.modules_supported.value_or(true)) {
      out_ += "this kernel was built without loadable modules\n";
      return;
    }
    std::map<SignatureStatus, std::size_t> counts;
    for (const VerifiedModule& module : report_.modules) ++counts[module.verdict.status];
    std::vector<std::string> parts;
    for (const auto& [status, count] : counts)
      parts.push_back(fmt::format("{} {}", count, to_string(status)));
    const std::size_t all = report_.modules.size();
    out_ += fmt::format("{}{} module{}{}{}\n", out_.empty() ? "" : "\n", all, all == 1 ? "" : "s",
                        parts.empty() ? "" : ": ", join(parts, ", "));
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
