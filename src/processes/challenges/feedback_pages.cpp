// What a team is told about its entry once there is a result: its place or what became of it, the criteria, the marks
// and comments, and what was objected for it.
#include "kernel/web/scrolling.h"
#include "processes/challenges/pages.h"
#include "processes/challenges/store_marks.h"
#include "processes/challenges/store_result.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)

Html objection_told(const Visit& visit, const Whole& whole, const Objection& o, const Html& about) {
  const auto& t = visit.t;
  Html state = !o.upheld   ? web::tag(t("challenges.objection-open"), "now")
               : *o.upheld ? web::tag(t("challenges.objection-upheld"), "good")
                           : web::tag(t("challenges.objection-rejected"));
  Html answer;
  if (o.upheld)
    answer = div(cls("reply"), p(cls("who"), t("challenges.decision")), paragraphs(o.decision));
  else if (may_now(visit, whole, "challenges.decide-objection"))
    answer = p(a(href(to(visit, whole.c, "objections/" + str(o.id))), t("challenges.decide-objection-title")));
  return html::article(cls("answer"), p(cls("meta"), state, about, web::when(t, o.made_at)), paragraphs(o.words),
                       answer);
}

Html marks_told(const Visit& visit, const Statement& s, const std::vector<Marks>& marks) {
  const auto& t = visit.t;
  std::vector<std::int64_t> sums(s.rubric.items.size());
  std::int64_t readers = 0;
  Html comments;
  for (const Marks& m : marks) {
    if (m.state != MarkState::given || m.round != s.rounds.value) continue;
    ++readers;
    for (std::size_t i = 0; i < sums.size() && i < m.marks.size(); ++i) sums[i] += m.marks[i];
    if (!m.to_solver.empty()) comments += li(paragraphs(m.to_solver));
  }
  Html rows;
  for (std::size_t i = 0; i < sums.size() && readers > 0; ++i)
    rows += tr(td(s.rubric.items[i].name.value),
               td(cls("n"), i18n::number(t.language(), double(sums[i]) / 10 / double(readers), 1), " / ",
                  t.number(s.rubric.items[i].max.value)));
  return section(cls("stack"), h2(t("challenges.feedback")),
                 rows.empty()
                     ? p(t("challenges.no-marks"))
                     : web::scrolling(t("challenges.feedback"),
                                      table(thead(tr(th(attr("scope", "col"), t("challenges.criterion")),
                                                     th(attr("scope", "col"), cls("n"), t("challenges.mean-mark")))),
                                            tbody(rows))),
                 comments.empty() ? Html{} : ul(cls("stack"), comments));
}

Html feedback(const Visit& visit, storage::ReadTx& tx, const Whole& whole, const Entry& e) {
  if (whole.phase < Phase::provisional || whole.phase == Phase::cancelled) return {};
  if (e.state == EntryState::draft || e.state == EntryState::withdrawn) return {};
  const auto& t = visit.t;
  const auto place = store::standing(tx, e.id);
  Html objected;
  bool undecided = false;
  for (const Objection& o : store::objections_of(tx, e.id)) {
    undecided = undecided || !o.upheld;
    objected += li(objection_told(visit, whole, o));
  }
  // Whatever became of it: also what was not admitted, disqualified or marked by nobody can have been wronged.
  const bool may_object =
      !undecided && visit.now < whole.c.objections_until.value_or(Time{}) && may_now(visit, whole, "challenges.object");
  Html object;
  if (may_object)
    object = p(t("challenges.object-until", {{"date", t.moment(*whole.c.objections_until)}}), " ",
               a(href(to(visit, whole.c, "entries/" + str(e.id) + "/object")), t("challenges.object-title")));
  // messages: challenges.entry-*
  const Html became = place ? p(t("challenges.your-place", {{"place", place->rank}, {"score", place->score}}))
                            : p(t("challenges.has-no-place"), " ",
                                web::tag(t(std::string("challenges.entry-") + fields::word_of(e.state)),
                                         e.state == EntryState::admissible ? "" : "bad"));
  return section(cls("stack"), h2(t("challenges.what-became-of-entry")), became,
                 e.reason.empty() ? Html{} : div(paragraphs(e.reason))) +
         criteria_found(visit, whole.statement, store::checks(tx, e.id)) +
         marks_told(visit, whole.statement, store::marks_of_entry(tx, e.id)) +
         (objected.empty() && object.empty()
              ? Html{}
              : section(cls("stack"), id("objections"), h2(t("challenges.objections")),
                        objected.empty() ? Html{} : ol(cls("answers"), objected), object));
}

}  // namespace polder::challenges
