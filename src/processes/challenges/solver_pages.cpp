// The room of those who joined (joining_pages.cpp): their team, questions and answers. What a team does is for the team
// alone; questions are for everybody in the room.
#include "people/person.h"
#include "processes/challenges/pages.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

constexpr std::int64_t page_size = 25;

// ---- the team ----

Html member_list(const Visit& visit, const std::vector<Member>& members) {
  Html items;
  for (const Member& m : members)
    items += li(m.name, m.leads ? join({" ", web::tag(visit.t("challenges.leads"))}) : Html{});
  return ul(items);
}

Html entry_row(const Visit& visit, const Whole& whole, const Entry& e, const store::Draft& draft) {
  const auto& t = visit.t;
  // messages: challenges.entry-*
  const std::string_view kind = e.state == EntryState::sealed ? "good" : e.state == EntryState::withdrawn ? "bad" : "";
  return li(a(href(to(visit, whole.c, "entries/" + str(e.id))), draft.title), " ",
            web::tag(t(std::string("challenges.entry-") + fields::word_of(e.state)), kind),
            e.sealed_at ? join({" ", web::when(t, *e.sealed_at)}) : Html{});
}

http::Response team_page(Visit& visit) {
  std::vector<Member> members;
  std::vector<store::Invitation> invited;
  std::vector<Team> asking;
  std::vector<Entry> entries;
  std::vector<store::Draft> drafts;
  const auto here_room = visit.house.database.read([&](storage::ReadTx& tx) {
    auto r = room(visit, tx);
    if (!r) return r;
    members = store::members(tx, r->team.id);
    invited = store::invitations(tx, r->team.id);
    asking = store::asking_to_join(tx, r->team.id);
    entries = store::entries_of_team(tx, r->team.id);
    for (const Entry& e : entries) drafts.push_back(store::draft_of(tx, e.id).value_or(store::Draft{}));
    return r;
  });
  if (!here_room) return not_found(visit);
  const auto& [whole, team] = *here_room;
  const auto& t = visit.t;
  const auto& c = whole.c;
  const bool lead =
      std::ranges::any_of(members, [&](const Member& m) { return m.leads && m.person == visit.person->id; });

  Html mine;
  std::int64_t counted = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    mine += entry_row(visit, whole, entries[i], drafts[i]);
    counted += entries[i].state == EntryState::withdrawn ? 0 : 1;
  }
  const bool room_for_more =
      counted < whole.statement.entries_a_team.value && may_now(visit, whole, "challenges.write-entry");
  Html people = member_list(visit, members);
  for (const auto& i : invited)
    people += div(cls("actions"), span(t("challenges.invited-address", {{"email", i.email}})),
                  lead ? visit.form(to(visit, c, "withdraw-invitation"),
                                    input(attr("type", "hidden"), attr("name", "email"), attr("value", i.email)),
                                    t("challenges.take-invitation-back"), false, "button plain little")
                       : Html{});
  for (const Team& other : asking)
    people += web::notice(
        web::Tone::plain,
        div(cls("stack close"), p(t("challenges.asks-to-join", {{"team", other.name}, {"n", other.members}})),
            lead ? visit.form(to(visit, c, "accept-merge"),
                              input(attr("type", "hidden"), attr("name", "team"), attr("value", str(other.id))),
                              t("challenges.accept-merge-now"), false, "button little")
                 : Html{}));
  Html links;
  if (lead && may_now(visit, whole, "challenges.invite"))
    links += a(cls("button plain little"), href(to(visit, c, "invite")), t("challenges.invite-title"));
  if (lead && may_now(visit, whole, "challenges.ask-merge"))
    links += a(cls("button plain little"), href(to(visit, c, "ask-merge")), t("challenges.merge-title"));
  if (may_now(visit, whole, "challenges.leave-team"))
    links += a(cls("button plain little"), href(to(visit, c, "leave")), t("challenges.leave-title"));
  const Html main =
      web::lead(web::crumbs(t, trail(visit, &c)), team.name, p(t("challenges.team-words")), Html{}) +
      div(cls("stack loose"), amendment_notice(visit, *here_room),
          section(cls("stack close"), h2(t("challenges.your-entries")),
                  mine.empty() ? web::empty(t("challenges.no-entry-yet"), t("challenges.no-entry-words")) : ul(mine),
                  room_for_more
                      ? div(cls("actions"), web::button(t("challenges.write-entry-title"), to(visit, c, "entries/new")))
                      : Html{}),
          section(cls("stack"), h2(t("challenges.members")), div(cls("stack close"), people),
                  div(cls("actions"), links)),
          p(a(href(to(visit, c, "questions")), t("challenges.questions"))));
  return visit.page({.title = team.name, .main = main, .current = "challenges"});
}

// ---- questions ----

/// A seeker answers, and reads, what is asked in a challenge of their own.
bool answers_here(const Visit& visit, const Whole& whole) {
  return may_now(visit, whole, "challenges.answer-question");
}

bool in_room(Visit& visit, storage::ReadTx& tx, const Whole& whole) {
  if (answers_here(visit, whole) || sees_unpublished(visit, whole.c)) return true;
  return visit.person && store::team_of(tx, whole.c.id, visit.person->id).has_value();
}

http::Response questions(Visit& visit) {
  std::vector<Question> rows;
  const Id before = parse_id(visit.query("before")).value_or(Id{});
  const auto whole = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = find(visit, tx);
    if (!found || !in_room(visit, tx, *found)) return std::optional<Whole>{};
    rows = store::questions(tx, found->c.id, before, page_size + 1);
    return found;
  });
  if (!whole) return not_found(visit);
  const auto& t = visit.t;
  const auto& c = whole->c;
  const bool more = std::int64_t(rows.size()) > page_size;
  if (more) rows.pop_back();
  const bool answers = answers_here(visit, *whole);
  Html items;
  for (const Question& q : rows) {
    Html answer = q.answered_at
                      ? div(cls("reply"), p(cls("who"), t("challenges.answer"), " ", web::when(t, *q.answered_at)),
                            div(paragraphs(q.answer)))
                      : p(cls("small quiet"), t("challenges.not-answered-yet"));
    if (answers)
      answer += p(a(href(to(visit, c, "questions/" + str(q.id))),
                    t(q.answered_at ? "challenges.change-answer" : "challenges.answer-this")));
    items += li(html::article(cls("answer"), p(cls("meta"), web::when(t, q.asked_at)),
                              div(cls("words"), paragraphs(q.words)), answer));
  }
  const bool asks = may_now(visit, *whole, "challenges.ask") && visit.now < c.questions_until.value_or(c.closes_at);
  const Html main =
      web::lead(web::crumbs(t, trail(visit, &c)), t("challenges.questions"), p(t("challenges.questions-words")),
                asks ? web::button(t("challenges.ask-title"), to(visit, c, "ask")) : Html{}) +
      (items.empty() ? web::empty(t("challenges.no-questions"), t("challenges.no-questions-words"))
                     : ol(cls("answers"), items)) +
      web::pager(t, before == Id{} ? std::nullopt : std::optional(to(visit, c, "questions")),
                 more ? std::optional(to(visit, c, "questions").with("before", str(rows.back().id))) : std::nullopt);
  return visit.page({.title = t("challenges.questions"), .main = main, .current = "challenges"});
}

ActPage answering(const Visit& visit, const Whole& whole, const Question& q) {
  return {.act = "challenges.answer-question",
          .title = visit.t("challenges.answer-this"),
          .words = blockquote(paragraphs(q.words)),
          .button = visit.t("challenges.publish-answer"),
          .path = {},
          .fixed = {{"challenge", str(whole.c.id)}, {"question", str(q.id)}},
          .flash = "challenges.answered-now"};
}

std::optional<std::pair<Whole, Question>> question_here(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<std::pair<Whole, Question>> {
    auto whole = find(visit, tx);
    const auto id = parse_id(visit.params["question"]);
    if (!whole || !id || !answers_here(visit, *whole)) return std::nullopt;
    auto q = store::question(tx, *id);
    if (!q || q->challenge != whole->c.id) return std::nullopt;
    return std::pair(*std::move(whole), *std::move(q));
  });
}

http::Response answer_form(Visit& visit) {
  const auto found = question_here(visit);
  if (!found) return not_found(visit);
  const std::string path = "questions/" + str(found->second.id);
  ActPage page = answering(visit, found->first, found->second);
  page.path = path;
  return show(visit, &found->first.c, page, {{"answer", found->second.answer}});
}

http::Response answer_now(Visit& visit) {
  const auto found = question_here(visit);
  if (!found) return not_found(visit);
  const std::string path = "questions/" + str(found->second.id);
  ActPage page = answering(visit, found->first, found->second);
  page.path = path;
  return perform(visit, &found->first.c, page);
}

}  // namespace

std::optional<Room> room(Visit& visit, storage::ReadTx& tx) {
  auto whole = find(visit, tx);
  if (!whole || !visit.person) return std::nullopt;
  auto team = store::team_of(tx, whole->c.id, visit.person->id);
  if (!team) return std::nullopt;
  return Room{*std::move(whole), *std::move(team)};
}

std::optional<Room> room(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) { return room(visit, tx); });
}

Html amendment_notice(Visit& visit, const Room& r) {
  const auto& t = visit.t;
  const auto& c = r.whole.c;
  const auto me =
      visit.house.database.read([&](storage::ReadTx& tx) { return store::member(tx, c.id, visit.person->id); });
  if (!me || me->version_seen == c.version) return {};
  return web::notice(web::Tone::warning,
                     div(cls("stack close"),
                         p(b(t("challenges.amended", {{"n", c.version}})), " ", t("challenges.acknowledge-words"), " ",
                           a(href(to(visit, c, "amendments")), t("challenges.what-changed"))),
                         visit.form(to(visit, c, "acknowledge"),
                                    input(attr("type", "hidden"), attr("name", "amendment"), attr("value", c.version)),
                                    t("challenges.acknowledge-now"), false, "button little")));
}

std::function<http::Response(Visit&)> press(std::string_view act, std::string_view flash) {
  return [act, flash](Visit& visit) {
    const auto whole = here(visit);
    if (!whole) return not_found(visit);
    auto sent = visit.sent();
    if (!sent) return visit.refusal(sent.error());
    json::object fields = sent->fields;
    fields["challenge"] = str(whole->c.id);
    if (!visit.params["entry"].empty()) fields["entry"] = std::string(visit.params["entry"]);
    const auto done = visit.perform(act, fields, sent->key);
    if (!done) return visit.refusal(done.error());
    visit.flash(flash);
    return visit.redirect(visit.at(done->location));
  };
}

Html solver_actions(Visit& visit, const Whole& whole) {
  const auto& t = visit.t;
  const auto& c = whole.c;
  if (whole.phase < Phase::announced) return {};
  std::optional<Team> team;
  bool invited = false;
  if (visit.person)
    visit.house.database.read([&](storage::ReadTx& tx) {
      team = store::team_of(tx, c.id, visit.person->id);
      invited = !team && !teams_inviting(visit, tx, whole).empty();
    });
  Html out;
  if (whole.phase >= Phase::provisional && whole.phase != Phase::cancelled)
    out += web::button(t("challenges.result"), to(visit, c, "result"));
  if (whole.phase == Phase::awarded || whole.phase == Phase::finished)
    out += web::plain_button(t("challenges.report"), to(visit, c, "report"));
  if (team)
    out += web::button(t("challenges.your-team", {{"team", team->name}}), to(visit, c, "team"));
  else if (may_now(visit, whole, "challenges.join"))
    out += web::button(t("challenges.join-title"), to(visit, c, "join"));
  if (invited) out += web::button(t("challenges.invitations"), to(visit, c, "invitations"));
  if (team || answers_here(visit, whole))
    out += web::plain_button(t("challenges.questions"), to(visit, c, "questions"));
  return out;
}

void add_solver_pages(House& house) {
  add_plain_page(house, "challenges.invite", "invite", "challenges.invite-title", "challenges.invite-words",
                 "challenges.invited-now");
  add_plain_page(house, "challenges.ask-merge", "ask-merge", "challenges.merge-title", "challenges.merge-words",
                 "challenges.merge-asked");
  add_plain_page(house, "challenges.leave-team", "leave", "challenges.leave-title", "challenges.leave-words",
                 "challenges.left", "button danger");
  add_plain_page(house, "challenges.ask", "ask", "challenges.ask-title", "challenges.ask-words", "challenges.asked");
  add_route(house, "team", team_page);
  add_route(house, "withdraw-invitation", nullptr,
            press("challenges.withdraw-invitation", "challenges.invitation-taken-back"));
  add_route(house, "accept-merge", nullptr, press("challenges.accept-merge", "challenges.merged-now"));
  add_route(house, "acknowledge", nullptr, press("challenges.acknowledge", "challenges.acknowledged"));
  add_route(house, "questions", questions);
  add_route(house, "questions/{question}", answer_form, answer_now);
}

}  // namespace polder::challenges
