// consultations.respond: somebody says what they know.
#include "processes/consultations/acts/acts.h"

namespace polder::consultations {

struct QuestionPart {
  fields::Number<1, 10> question;
  std::optional<fields::Text<20'000>> words;
};
BOOST_DESCRIBE_STRUCT(QuestionPart, (), (question, words))

struct ArticlePart {
  fields::Line<200> article;
  std::optional<fields::Line<1'000>> quote;
  std::optional<fields::Text<20'000>> words;
};
BOOST_DESCRIBE_STRUCT(ArticlePart, (), (article, quote, words))

struct Respond {
  static constexpr std::string_view name = "consultations.respond";
  Id consultation;
  fields::List<QuestionPart, 10> answers;
  fields::List<ArticlePart, 50> remarks;
  Shown visibility{};
  std::optional<fields::Line<120>> signed_as;
  std::optional<fields::Line<120>> on_behalf;
  std::optional<fields::Line<35>> language;  ///< of the words (BCP 47); nothing: the consultation's
};
BOOST_DESCRIBE_STRUCT(Respond, (), (consultation, answers, remarks, visibility, signed_as, on_behalf, language))

namespace {

/// The shape of RFC 5646 §2.1, as much as a page needs to say it: letters first, then letters and digits between
/// hyphens.
bool is_language_tag(std::string_view tag) {
  std::size_t length = 0, part = 0;
  for (const char c : tag) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), digit = c >= '0' && c <= '9';
    if (c == '-' && length > (part == 0 ? 1U : 0U)) {
      ++part;
      length = 0;
    } else if (!letter && !(digit && part > 0)) {
      return false;
    } else if (++length > 8) {
      return false;
    }
  }
  return length > (part == 0 ? 1U : 0U);
}

Result<Effect> apply(House& house, Doing& doing, const Respond& act, const Consultation& c) {
  const auto platform = house.platforms.list()->by_id(doing.platform);
  const auto& allowed = platform->charter.list("consultations", "visibilities");
  if (std::ranges::find(allowed, fields::word_of(act.visibility)) == allowed.end())
    return refuse_field("visibility", {"consultations.visibility-not-here"});
  if (act.visibility == Shown::public_name && !act.signed_as)
    return refuse_field("signed-as", {"consultations.name-missing"});

  if (act.language && !is_language_tag(act.language->value))
    return refuse_field("language", {"consultations.no-such-language"});

  Response r{.id = doing.ids.next(),
             .consultation = c.id,
             .number = c.responses + 1,
             .person = doing.actor.person,
             .name = act.signed_as ? act.signed_as->value : "",
             .on_behalf = act.on_behalf ? act.on_behalf->value : "",
             .language = act.language ? act.language->value : c.language,
             .visibility = act.visibility,
             .act = doing.act,
             .made_at = doing.now};
  const auto questions = std::int64_t(store::questions(doing.tx, c.id).size());
  std::set<std::int64_t> seen;
  std::size_t row = 0;
  for (const auto& part : act.answers.items) {
    const std::string path = "answers." + std::to_string(row++) + ".words";
    if (part.question.value > questions || !seen.insert(part.question.value).second)
      return refuse_field(path, {"consultations.no-such-question"});
    if (part.words) r.parts.push_back({part.question.value, "", "", part.words->value});
  }
  row = 0;
  for (const auto& part : act.remarks.items) {
    const std::string path = "remarks." + std::to_string(row++);
    if (!part.words) return refuse_field(path + ".words", {"consultations.remark-empty"});
    if (!store::has_article(doing.tx, c.id, part.article.value))
      return refuse_field(path + ".article", {"consultations.no-such-article"});
    r.parts.push_back({0, part.article.value, part.quote ? part.quote->value : "", part.words->value});
  }
  if (r.parts.empty())
    return refuse_field(questions > 0 ? "answers.0.words" : "remarks.0.words", {"consultations.nothing-said"});

  store::insert_response(doing.tx, r, iso(platform->zone.civil(doing.now).date));
  if (doing.actor.is_person()) follow(house, doing, "consultations.send-receipt", "act", doing.act);
  doing.renew(page_subject(c.id));
  doing.renew(list_subject(c.platform));
  return Effect{
      .visibility = in_the_record(r.visibility, r.state), .made = r.id, .location = "receipts/" + str(doing.act)};
}

}  // namespace

// A charter lets people respond while it is open; whoever runs the server may bring in later what was said in time.
void add_respond(House& house) { house.acts.add(declare_on<Respond>(house, {"open", "closed", "answered"}, apply)); }

}  // namespace polder::consultations
