// Any JSON into the reading of an act with a field of every type, and what was read back out again: into the record, a
// form and the page that looks at it once more.
#include <cstdlib>

#include "kernel/fields/draw.h"
#include "kernel/fields/trial_test.h"

namespace fields = polder::fields;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const boost::json::string_view bytes(reinterpret_cast<const char*>(data), size);
  boost::system::error_code error;
  const boost::json::value raw = boost::json::parse(bytes, error, {}, {.max_depth = 32});
  // What is missing is filled in, so that chance gets past "fill this in"; what is no JSON is a text in one field.
  boost::json::object whole = fields::trial::good();
  if (const auto* object = raw.if_object(); object != nullptr && !error)
    for (const auto& [key, value] : *object) whole[key] = value;
  else if (size > 0)
    whole[std::next(whole.begin(), data[0] % whole.size())->key()] = bytes.substr(1);
  const auto act = fields::read<fields::trial::Everything>(whole);
  if (!act && act.error().fields.empty()) std::abort();
  if (act) {
    const std::string content = fields::write(*act);
    boost::system::error_code broken;
    const auto again = boost::json::parse(content, broken);
    if (broken || boost::json::serialize(again) != content) std::abort();
  }
  static const polder::i18n::Catalogues no_words({});
  static const polder::i18n::Voice voice(no_words, polder::i18n::Language::en, polder::i18n::Zone::utc());
  static const fields::Field description = fields::describe<fields::trial::Everything>();
  const auto errors = act ? std::vector<polder::FieldError>{} : act.error().fields;
  const fields::Drawing drawing(voice, "trial", description, whole, errors);
  if (drawing.all().empty() || drawing.summary().empty() != errors.empty()) std::abort();
  (void)drawing.all_hidden();
  return 0;
}
