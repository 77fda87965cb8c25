// Sentences in the reader's language.
//
// Every sentence a person can see stands in a catalogue beside the code that says it: src/<room>/messages/en.json,
// nl.json and de.json, flat objects from a key ("consultations.closed") to a pattern of ICU MessageFormat with named
// arguments. The build fails when a key or an argument is missing in one of them (check.h).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "kernel/base/embedded.h"
#include "kernel/base/result.h"
#include "kernel/i18n/format.h"
#include "kernel/i18n/language.h"

namespace polder::i18n {

class Catalogues {
 public:
  /// `Catalogues(embedded_below("messages/"))`: files named <anything>/<language>.json, whose bytes outlive this. Reads
  /// nothing yet: a language is parsed when it is first spoken, a pattern when it is first said.
  explicit Catalogues(std::span<const EmbeddedFile> files);
  ~Catalogues();
  Catalogues(const Catalogues&) = delete;
  Catalogues& operator=(const Catalogues&) = delete;

  /// The sentence. A moment in a plain argument reads as `date_time`; in `{x, date, long}` as the pattern wants; both
  /// on the clock of `zone`. An argument the caller left out shows as its name in braces, and a key that is in no
  /// catalogue as itself: the build has refused both, and half a sentence serves a reader better than no page.
  std::string say(Language language, const Message& message, const Zone& zone = Zone::utc()) const;

  /// For sentences that may be there: the hint of a field.
  bool has(std::string_view key) const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace polder::i18n
