// consultations.answer: the operator's reasoned reply, to one response or to several that say the same.
#include "processes/consultations/acts/acts.h"

namespace polder::consultations {

struct AnswerAct {
  static constexpr std::string_view name = "consultations.answer";
  Id consultation;
  fields::List<Id, 500> responses;
  std::optional<fields::Line<200>> article;  ///< the article it is about; nothing: the draft as a whole
  Outcome outcome{};
  fields::Text<10'000> words;
};
BOOST_DESCRIBE_STRUCT(AnswerAct, (), (consultation, responses, article, outcome, words))

namespace {

Result<Effect> apply(House& house, Doing& doing, const AnswerAct& act, const Consultation& c) {
  if (act.article && !store::has_article(doing.tx, c.id, act.article->value))
    return refuse_field("article", {"consultations.no-such-article"});
  std::vector<Response> to;
  std::set<Id> seen;
  for (const Id id : act.responses.items) {
    if (!seen.insert(id).second) continue;
    auto r = store::response(doing.tx, id);
    if (!r || r->consultation != c.id || r->state == State::withdrawn)
      return refuse_field("responses", {"consultations.no-response"});
    to.push_back(*std::move(r));
  }
  if (to.empty()) return refuse_field("responses", {"consultations.choose-responses"});
  const Answer answer{.id = doing.ids.next(),
                      .consultation = c.id,
                      .article = act.article ? act.article->value : "",
                      .outcome = act.outcome,
                      .words = act.words.value,
                      .made_at = doing.now};
  store::insert_answer(doing.tx, answer, to);
  follow(house, doing, "consultations.tell-answer", "answer", answer.id);
  doing.renew(page_subject(c.id));
  doing.renew(list_subject(c.platform));
  return Effect{.made = answer.id, .location = "consultations/" + c.slug + "/responses/" + str(to.front().id)};
}

}  // namespace

void add_answer(House& house) { house.acts.add(declare_on<AnswerAct>(house, {"closed", "answered"}, apply)); }

}  // namespace polder::consultations
