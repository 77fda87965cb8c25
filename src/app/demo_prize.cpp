// A company's prizes, made of acts: the scenes of three challenges, in time that is set by hand.
#include "app/demo_prize.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "app/demo_acts.h"
#include "kernel/base/random.h"
#include "kernel/fields/field.h"
#include "kernel/text/text.h"
#include "people/person.h"
#include "people/store.h"
#include "processes/challenges/rules.h"
#include "processes/challenges/store_marks.h"
#include "processes/challenges/store_result.h"
#include "processes/challenges/store_solvers.h"

namespace polder::app::demo {
namespace {

namespace json = boost::json;
namespace store = challenges::store;
using challenges::Challenge;
using challenges::Entry;
using record::Actor;
using storage::WriteTx;

constexpr std::string_view platform_slug = "prizes", company = "Knotwork";

constexpr Part editor{"editor@demo.example", "Priya Raman", "operator", i18n::Language::en};
constexpr Part judge{"judge@demo.example", "Nadia Okafor", "judge", i18n::Language::de};
constexpr Part seeker{"seeker@demo.example", "Hendrika Zwart", "seeker", i18n::Language::nl};
constexpr Part als_seeker{"i.solheim@demo.example", "Ingrid Solheim", "seeker", i18n::Language::en};
constexpr Part heat_seeker{"r.vollrath@demo.example", "Renate Vollrath", "seeker", i18n::Language::de};
constexpr Part leak_panel[] = {{"s.vellinga@demo.example", "Sjoerd Vellinga", "judge", i18n::Language::nl},
                               {"m.poel@demo.example", "Marijke Poel", "judge", i18n::Language::nl},
                               {"c.lind@demo.example", "Carsten Lind", "judge", i18n::Language::de}};

/// So many of a hundred readings have their marks; so many more are drafts.
constexpr std::uint64_t given_of_100 = 67, drafts_of_100 = 11;

Time on(int year, int month, int day, int hour = 9, int minute = 0) {
  return start_of({year, month, day}) + hour * hour_ms + minute * minute_ms;
}

class Prizes {
 public:
  Prizes(people::House& house, ManualClock& clock, std::uint64_t seed, Time today)
      : house_(house), clock_(clock), dice_(seed * 7'919 + 17), today_(today) {}

  Result<PrizesMade> make() {
    CHECK_DONE(found());
    CHECK_DONE(house_.database.write([&](WriteTx& tx) -> Done {
      tx_ = &tx;
      als();
      leak();
      heat();
      run();
      return {};
    }));
    // An account that nobody uses goes: these people have all been here lately.
    CHECK_DONE(house_.database.write([&](WriteTx& tx) -> Done {
      for (const auto& [email, who] : people_) people::store::seen(tx, who.person, today_);
      return {};
    }));
    clock_.set(today_);
    return made_;
  }

 private:
  struct Player {
    Id person{};
    std::string role;
  };
  /// A challenge as far as it has been told.
  struct Told {
    Id challenge{};
    std::map<std::string, Id, std::less<>> teams = {}, entries = {};
    std::map<std::string, std::string, std::less<>> leads = {};
  };

  // ---- people ----

  Done found() {
    clock_.set(start_of(founded) + 9 * hour_ms);
    CHECK_DONE(house_.database.write([&](WriteTx& tx) -> Done {
      for (const Part& part : {administrator, overseer, official, moderator}) {
        const Id person =
            people::person_for_address(tx, house_.ids, clock_.now(), part.email, part.name, part.language);
        people_[std::string(part.email)] = {person, std::string(part.role)};
      }
      return {};
    }));
    TRY(const auto made, house_.acts.perform({record::server_platform, actor(administrator.email), "platforms.create",
                                              json::object{{"slug", platform_slug},
                                                           {"charter", "prize"},
                                                           {"title", std::string(company) + " prizes"},
                                                           {"operated-by", company},
                                                           {"languages", json::array{"en", "nl", "de"}},
                                                           {"administrator", administrator.email},
                                                           {"officials", json::array{}}}}));
    platform_ = made.made;
    house_.platforms.reload();
    zone_ = house_.platforms.list()->by_id(platform_)->zone;
    return house_.database.write([&](WriteTx& tx) -> Done {
      tx_ = &tx;
      // Who oversees is named from outside; whoever runs the demonstration may look over their shoulder.
      for (const Part& part : {overseer, administrator}) appoint(Actor::console(), part.email, "overseer");
      for (const Part& part : {official, editor}) join_company(part, "operator");
      come_in({moderator.email, moderator.name, "screener", moderator.language});
      for (const Part& part : {als_seeker, seeker, heat_seeker, judge}) come_in(part);
      for (const Part& part : leak_panel) come_in(part);
      return {};
    });
  }

  void appoint(const Actor& by, std::string_view email, std::string_view role) {
    act(by, "platforms.appoint", {{"email", email}, {"role", role}});
  }
  void join_company(const Part& part, std::string_view role) {
    know(part.email, part.name, part.language, role);
    appoint(actor(administrator.email), part.email, role);
  }
  void come_in(const Part& part) {
    know(part.email, part.name, part.language, part.role);
    appoint(actor(official.email), part.email, part.role);
  }
  void know(std::string_view email, std::string_view name, i18n::Language language, std::string_view role) {
    people_[std::string(email)] = {people::person_for_address(*tx_, house_.ids, clock_.now(), email, name, language),
                                   std::string(role)};
  }
  /// A solver's address; whoever is not known yet comes in first.
  std::string solver(std::string_view name, i18n::Language language) {
    std::string email = name == citizen.name ? std::string(citizen.email) : text::slug(name) + "@demo.example";
    if (!people_.contains(email)) {
      know(email, name, language, "solver");
      appoint(actor(official.email), email, "solver");
    }
    return email;
  }
  Id person(std::string_view email) const { return people_.at(std::string(email)).person; }
  Actor actor(std::string_view email) const {
    const Player& player = people_.at(std::string(email));
    Actor a{.kind = Actor::Kind::person, .person = player.person, .roles = {}};
    if (!player.role.empty()) a.roles.push_back(player.role);
    return a;
  }

  // ---- acts ----

  /// One that is refused is a mistake in the script: there is nobody to tell.
  Id act(const Actor& by, const std::string& name, json::object fields) {
    const auto done = perform(house_, *tx_, {platform_, by, name, std::move(fields)});
    if (!done) {
      std::string why = name + " at " + iso(clock_.now()) + ": " + done.error().message.key;
      for (const auto& field : done.error().fields) why += ", " + field.field + ": " + field.message.key;
      throw std::logic_error(why);
    }
    return done->made;
  }
  Id act(std::string_view email, const std::string& name, json::object fields) {
    return act(actor(email), name, std::move(fields));
  }
  /// Of the challenge that is being told.
  Id here(std::string_view email, const std::string& name, json::object fields = {}) {
    fields["challenge"] = str(told_->challenge);
    return act(email, name, std::move(fields));
  }
  Challenge now() const { return store::by_id(*tx_, told_->challenge).value(); }

  /// Time never runs backwards in a record.
  void at(Time t) { clock_.set(std::max(t, clock_.now())); }
  /// What is to come, of whichever challenge, is done in the order of time; what is done may have more to come.
  void later(Time t, std::function<void()> what) {
    to_come_.emplace(std::pair(t, ++place_), std::pair(told_, std::move(what)));
  }
  void run() {
    while (!to_come_.empty()) {
      const auto next = to_come_.extract(to_come_.begin());
      at(next.key().first);
      told_ = next.mapped().first;
      next.mapped().second();
    }
  }
  Time day(int from_today, int hour = 9, int minute = 0) const {
    return today_ + from_today * day_ms + hour * hour_ms + minute * minute_ms;
  }
  std::string wall(int from_today, int hour) const { return iso(day(from_today, hour)).substr(0, 16); }
  /// So many moments between two days, when people are awake, in order.
  std::vector<Time> moments(std::size_t n, Time from, Time to) {
    const auto days = std::uint64_t(std::max<std::int64_t>(1, (to - from) / day_ms));
    std::vector<Time> out;
    for (std::size_t i = 0; i < n; ++i)
      out.push_back(start_of(date_of(from)) + std::int64_t(dice_.below(days)) * day_ms + 7 * hour_ms +
                    std::int64_t(dice_.below(std::uint64_t(14 * hour_ms))));
    std::ranges::sort(out);
    return out;
  }

  // ---- what every challenge goes through ----

  void publish(std::string_view by, json::object statement, Time written, Time published) {
    later(written, [this, by, statement = std::move(statement)] {
      told_->challenge = act(by, "challenges.draft", {{"statement", statement}});
    });
    later(written + 3 * day_ms + 2 * hour_ms, [this, by] { here(by, "challenges.submit"); });
    later(published, [this] {
      here(editor.email, "challenges.publish");
      ++made_.challenges;
      later(now().opens_at, [this] { turn("challenges.open"); });
    });
  }
  /// Time does what it would have done.
  void turn(const std::string& name) { act(Actor::clock(), name, {{"challenge", str(told_->challenge)}}); }
  void join(const Solver& who, i18n::Language language) {
    const std::string email = solver(who.name, language);
    json::object fields{{"team", who.team},       {"known-as", who.name}, {"entrant", who.entrant},
                        {"country", who.country}, {"of-age", true},       {"agrees", true}};
    if (!who.organisation.empty()) fields["organisation"] = who.organisation;
    told_->teams[std::string(who.team)] = here(email, "challenges.join", std::move(fields));
    told_->leads[std::string(who.team)] = email;
    for (const auto name : who.others) {
      const std::string other = solver(name, language);
      here(email, "challenges.invite", {{"email", other}});
      here(
          other, "challenges.accept-invitation",
          {{"team", str(told_->teams[std::string(who.team)])}, {"known-as", name}, {"of-age", true}, {"agrees", true}});
    }
  }
  const std::string& lead(std::string_view team) const { return told_->leads.at(std::string(team)); }
  void write(std::string_view team, std::string_view title, const std::vector<std::string_view>& answers) {
    json::array said;
    for (std::size_t i = 0; i < answers.size(); ++i)
      if (!answers[i].empty()) said.push_back(json::object{{"question", i + 1}, {"words", answers[i]}});
    json::object fields{{"title", title}, {"answers", std::move(said)}};
    const auto before = told_->entries.find(std::string(team));
    if (before != told_->entries.end()) fields["entry"] = str(before->second);
    const Id made = here(lead(team), "challenges.write-entry", std::move(fields));
    if (before == told_->entries.end()) ++made_.entries;
    told_->entries[std::string(team)] = made;
  }
  void seal(std::string_view team) {
    const Id entry = told_->entries.at(std::string(team));
    const auto draft = store::draft_of(*tx_, entry).value();
    here(lead(team), "challenges.seal",
         {{"entry", str(entry)}, {"digest", challenges::digest(draft.title, draft.answers, {})}});
  }
  void ask(const std::vector<Question>& questions, std::string_view answers, Time from, Time to) {
    const auto when = moments(questions.size(), from, to);
    for (std::size_t i = 0; i < questions.size(); ++i)
      later(when[i], [this, answers, &one = questions[i]] {
        const Id q = here(lead(one.team), "challenges.ask", {{"words", one.words}});
        if (one.answer.empty()) return;
        later(clock_.now() + 19 * hour_ms, [this, answers, &one, q] {
          here(answers, "challenges.answer-question", {{"question", str(q)}, {"answer", one.answer}});
        });
      });
  }
  void seat(const std::vector<Seat>& panel, i18n::Language language) {
    for (const Seat& one : panel) {
      if (!people_.contains(std::string(one.email))) come_in({one.email, one.name, "judge", language});
      here(official.email, "challenges.seat-judge",
           {{"email", one.email},
            {"known-as", one.name},
            {"organisation", one.organisation},
            {"expertise", one.expertise},
            {"most", one.most}});
    }
  }

  /// Those that were sent in, by number.
  std::vector<Entry> sealed() const {
    auto all = store::entries(*tx_, told_->challenge, 0, 1'000);
    std::erase_if(all, [](const Entry& e) { return e.state == challenges::EntryState::withdrawn; });
    return all;
  }
  std::string team_of(const Entry& e) const { return store::team(*tx_, e.team)->name; }
  void screen(const Entry& e, const std::vector<Found>& found, std::string_view mask, std::string_view refused) {
    json::array checks, masks;
    for (std::size_t i = 0; i < found.size(); ++i)
      checks.push_back(json::object{
          {"criterion", i + 1}, {"finding", found[i].met ? "met" : "not-met"}, {"evidence", found[i].evidence}});
    if (!mask.empty()) masks.push_back(json::object{{"words", mask}, {"note", "Nennt, von wem es ist."}});
    json::object fields{{"entry", str(e.id)},
                        {"checks", std::move(checks)},
                        {"masks", std::move(masks)},
                        {"outcome", refused.empty() ? "admissible" : "inadmissible"}};
    if (!refused.empty()) fields["reason"] = refused;
    here(moderator.email, "challenges.screen", std::move(fields));
  }
  void declare(const Seat& seat, const std::vector<Interest>& interests) {
    std::vector<Id> barred;
    for (const auto& known : store::conflicts_of(*tx_, told_->challenge, person(seat.email)))
      barred.push_back(known.team);
    json::array said;
    for (const auto& team : store::entered_teams(*tx_, told_->challenge)) {
      if (std::ranges::find(barred, team.id) != barred.end()) continue;
      const auto interest = std::ranges::find_if(
          interests, [&](const Interest& one) { return one.judge == seat.email && one.team == team.name; });
      json::object about{{"team", str(team.id)}, {"interest", interest == interests.end() ? "none" : "conflict"}};
      if (interest != interests.end()) about["reason"] = interest->reason;
      said.push_back(std::move(about));
    }
    here(seat.email, "challenges.declare", {{"teams", std::move(said)}});
  }

  struct Reading {
    const Seat* judge;
    Entry entry;
  };
  /// Who was given what, in an order of chance.
  std::vector<Reading> readings(const std::vector<Seat>& panel) {
    std::vector<Reading> out;
    for (const Seat& one : panel)
      for (const auto& a : store::assignments_of(*tx_, told_->challenge, person(one.email)))
        out.push_back({&one, store::entry(*tx_, a.entry).value()});
    for (std::size_t i = out.size(); i > 1; --i) std::swap(out[i - 1], out[dice_.below(i)]);
    return out;
  }
  const auto& one_of(const std::vector<std::string_view>& all) { return all[dice_.below(all.size())]; }
  void mark(const Reading& r, int worth, std::size_t criteria, const Remarks& remarks, bool draft) {
    json::array marks;
    for (std::size_t i = 0; i < criteria; ++i) {
      if (draft && i + 1 == criteria) break;  // not there yet
      const int tenths = worth - r.judge->harsh + int(dice_.below(31)) - 15;
      marks.push_back(json::object{{"criterion", i + 1},
                                   {"mark", fields::decimal_text(std::clamp((tenths + 2) / 5 * 5, 0, 100), 1)}});
    }
    json::object fields{
        {"entry", str(r.entry.id)}, {"round", 1}, {"marks", std::move(marks)}, {"giving", draft ? "draft" : "given"}};
    fields["to-solver"] = one_of(worth >= 74 ? remarks.good : worth >= 52 ? remarks.middling : remarks.weak);
    if (dice_.below(5) == 0) fields["to-panel"] = one_of(remarks.to_panel);
    here(r.judge->email, "challenges.mark", std::move(fields));
  }

  // ---- the finished one ----

  static int worth(const AlsTeam& team, int stage) {
    return stage == 1 ? team.idea_worth : stage == 2 ? team.data_worth : team.proof_worth;
  }
  static const AlsTeam& als_team(std::string_view name) {
    return *std::ranges::find_if(als_teams(), [&](const AlsTeam& t) { return t.who.team == name; });
  }

  /// From the closing of a stage to its provisional result, within a few months.
  void judge_stage(int stage, Time screened, std::int64_t days_of_marking) {
    at(now().closes_at);
    turn("challenges.close");
    const auto in = sealed();
    const auto looked = moments(in.size(), screened, screened + 4 * day_ms);
    for (std::size_t i = 0; i < in.size(); ++i) {
      at(looked[i]);
      screen(in[i], als_found(team_of(in[i]), stage), {}, {});
    }
    const auto declared = moments(als_panel().size(), screened + 5 * day_ms, screened + 8 * day_ms);
    for (std::size_t i = 0; i < declared.size(); ++i) {
      at(declared[i]);
      declare(als_panel()[i], {{"a.jonker@demo.example", "Two clocks", "I work in the same laboratory."}});
    }
    const Time begun = start_of(date_of(screened + 9 * day_ms)) + 10 * hour_ms;
    at(begun);
    here(official.email, "challenges.begin-judging");
    const auto all = readings(als_panel());
    const auto when = moments(all.size(), begun + day_ms, begun + days_of_marking * day_ms);
    for (std::size_t i = 0; i < all.size(); ++i) {
      at(when[i]);
      const int w = worth(als_team(team_of(all[i].entry)), stage);
      mark(all[i], w > 0 ? w : 25, 3, als_remarks(), false);
    }
    at(begun + (days_of_marking + 2) * day_ms);
    here(official.email, "challenges.begin-deliberation");
    at(begun + (days_of_marking + 4) * day_ms);
    here(official.email, "challenges.announce-result");
  }
  std::int64_t number(std::string_view team) const {
    return store::entry(*tx_, told_->entries.at(std::string(team)))->number;
  }
  /// A stage or partial award, given and paid within three weeks.
  void give(std::string_view team, int prize, std::string_view amount, std::string_view reason,
            std::string_view digits) {
    const Time given = clock_.now();
    const Id award = here(als_seeker.email, "challenges.give-partial",
                          {{"entry", number(team)}, {"prize", prize}, {"amount", amount}, {"reason", reason}});
    at(given + 40 * minute_ms);
    const auto parts = plan(award, {{"The words as they were sent in may be published", amount}});
    at(given + 2 * hour_ms);
    accept_and_pay(parts[0], "Agreed by the team, in writing.", als_team(team).who.name, digits);
  }
  std::vector<Id> plan(Id award, const std::vector<std::pair<std::string_view, std::string_view>>& parts) {
    json::array tranches;
    for (const auto& [milestone, amount] : parts)
      tranches.push_back(json::object{{"milestone", milestone}, {"amount", amount}, {"accepter", als_seeker.email}});
    here(official.email, "challenges.plan-payments", {{"award", str(award)}, {"tranches", std::move(tranches)}});
    std::vector<Id> out;
    for (const auto& t : store::tranches(*tx_, told_->challenge))
      if (t.award == award) out.push_back(t.id);
    return out;
  }
  void accept_and_pay(Id tranche, std::string_view words, std::string_view payee, std::string_view digits) {
    here(als_seeker.email, "challenges.accept-milestone", {{"tranche", str(tranche)}, {"words", words}});
    at(clock_.now() + 30 * minute_ms);
    here(official.email, "challenges.pay", {{"tranche", str(tranche)}, {"payee", payee}, {"account-end", digits}});
  }
  void reopen(Time when, std::string_view closes, bool first_to_meet, std::string_view why) {
    at(when);
    here(official.email, "challenges.reopen", {{"closes", closes}, {"first-to-meet", first_to_meet}, {"why", why}});
  }
  /// New words in place of the old ones, by a team that has read the amendment; or the first of a team that is new.
  void send_in(const AlsTeam& team, const Words& words, Time when) {
    at(when);
    if (told_->entries.contains(std::string(team.who.team)))
      here(lead(team.who.team), "challenges.acknowledge", {{"amendment", now().version}});
    write(team.who.team, words.title, words.answers);
    at(when + 5 * hour_ms);
    seal(team.who.team);
  }

  void als() {
    using enum i18n::Language;
    const auto& teams = als_teams();
    publish(als_seeker.email, als_statement(), on(2006, 9, 12, 10, 20), on(2006, 10, 24, 14, 5));
    run();
    std::vector<const AlsTeam*> first, second, third;
    for (const auto& team : teams) {
      if (!team.idea.title.empty()) first.push_back(&team);
      if (!team.data.title.empty()) second.push_back(&team);
      if (!team.proof.title.empty()) third.push_back(&team);
    }
    const auto joined = moments(first.size(), on(2006, 11, 20), on(2007, 2, 20));
    for (std::size_t i = 0; i < first.size(); ++i) {
      at(joined[i]);
      join(first[i]->who, en);
    }
    at(on(2007, 2, 21, 11));
    seat(als_panel(), en);
    ask(als_questions(), als_seeker.email, on(2007, 2, 22), on(2007, 3, 10));
    run();
    const auto sent = moments(first.size(), on(2007, 3, 12), on(2007, 4, 12));
    for (std::size_t i = 0; i < first.size(); ++i) {
      at(sent[i]);
      write(first[i]->who.team, first[i]->idea.title, first[i]->idea.answers);
      at(sent[i] + 2 * hour_ms);
      seal(first[i]->who.team);
    }
    judge_stage(1, on(2007, 4, 14), 10);
    int hour = 9;
    for (const auto* team : first)
      if (!team->thought_prize.empty()) {
        at(on(2007, 5, 22, hour));
        give(team->who.team, 2, "15000", team->thought_prize, std::to_string(4000 + hour * 37));
        hour += 3;
      }

    const auto& says = als_says();
    reopen(on(2007, 5, 29, 10), "2008-11-06T18:00", false, says.reopened_first);
    hour = 9;
    for (const auto* team : first)
      if (team->leaves) {
        at(on(2007, 6, 12, hour++));
        here(lead(team->who.team), "challenges.withdraw-entry",
             {{"entry", str(told_->entries.at(std::string(team->who.team)))}});
      }
    int at_day = 20;
    for (const auto* team : second) send_in(*team, team->data, on(2008, 10, at_day += 2, 11));
    judge_stage(2, on(2008, 11, 17), 90);
    hour = 10;
    for (const auto* team : second)
      if (!team->progress.empty()) {
        at(on(2009, 4, 15, hour));
        give(team->who.team, 3, "50000", team->progress, std::to_string(5100 + hour * 41));
        hour += 3;
      }

    reopen(on(2009, 5, 15, 9), "2010-10-29T18:00", true, says.reopened_second);
    const AlsTeam& winner = *std::ranges::max_element(teams, {}, &AlsTeam::proof_worth);
    at(on(2010, 2, 9, 16));
    join(winner.who, en);
    at_day = 3;
    for (const auto* team : third) send_in(*team, team->proof, on(2010, 9, at_day += 6, 13));
    judge_stage(3, on(2010, 11, 8), 50);
    at(on(2011, 1, 25, 15));
    here(official.email, "challenges.check-winner",
         {{"entry", number(winner.who.team)}, {"passed", true}, {"reason", says.winner_check}});
    at(on(2011, 2, 3, 15));
    here(als_seeker.email, "challenges.award");
    const auto awards = store::awards(*tx_, told_->challenge);
    const auto prize =
        std::ranges::find(awards, told_->entries.at(std::string(winner.who.team)), &challenges::Award::entry);
    at(on(2011, 2, 8, 11));
    const auto parts = plan(prize->id, {{says.first_milestone, "600000"}, {says.second_milestone, "400000"}});
    at(on(2011, 3, 15, 10));
    accept_and_pay(parts[0], says.first_accepted, says.payee, "7731");
    at(on(2011, 6, 21, 10));
    accept_and_pay(parts[1], says.second_accepted, says.payee, "7731");
    at(on(2012, 2, 4, 3));  // a year has gone by
    act(Actor::clock(), "challenges.ask-follow-up", {{"challenge", str(told_->challenge)}});
    at(on(2012, 2, 21, 12));
    here(als_seeker.email, "challenges.follow-up", {{"in-use", true}, {"words", says.follow_up}});
  }

  // ---- the open one ----

  void leak() {
    using enum i18n::Language;
    told_ = &leak_;
    const Wall on_wall = [this](int from_today, int hour) { return wall(from_today, hour); };
    publish(seeker.email, leak_statement(on_wall), day(-62, 10, 15), day(-45, 14));
    const auto& teams = leak_teams();
    const auto joined = moments(teams.size(), day(-36), day(-24));
    for (std::size_t i = 0; i < teams.size(); ++i) later(joined[i], [this, &t = teams[i]] { join(t.who, nl); });
    later(day(-23, 11), [this] {
      seat({{leak_panel[0].name, leak_panel[0].email, "Waterlaboratorium Zuid", "geluid, trilling", 10},
            {leak_panel[1].name, leak_panel[1].email, "Gilde van Leidingleggers", "straat, ploeg, werken", 10},
            {leak_panel[2].name, leak_panel[2].email, "Stadtwerke Nordheide", "druk, gietijzer, lek", 10}},
           nl);
    });
    ask(leak_questions(), seeker.email, day(-22), day(-12));
    later(day(-11, 16),
          [this] { here(lead("Natte stoep"), "challenges.invite", {{"email", "ilse.kuiper@demo.example"}}); });
    // Two are sent in before the amendment, one after it; the others are still being written.
    const auto send = [&](std::string_view team, Time when) {
      const auto& t = *std::ranges::find_if(teams, [&](const LeakTeam& one) { return one.who.team == team; });
      later(when, [this, &t] { write(t.who.team, t.words.title, t.words.answers); });
      if (t.sealed) later(when + 3 * hour_ms, [this, &t] { seal(t.who.team); });
    };
    send("Natte stoep", day(-10, 13));
    send("Kold jord", day(-10, 17));
    later(day(-9, 11, 30), [this, on_wall] {
      here(official.email, "challenges.amend", {{"statement", leak_amended(on_wall)}, {"why", leak_why()}});
    });
    later(day(-7, 20), [this] { here(lead("Grondtoon"), "challenges.acknowledge", {{"amendment", 1}}); });
    send("Grondtoon", day(-4, 12));
    send("Mof en Zoon", day(-3, 12));
    send("Sourcier", day(-2, 12));
    send("Luisterstok 2.0", day(-1, 12));
    later(day(-1, 19), [this] {
      for (const auto& [name, why] :
           {std::pair<std::string_view, std::string_view>{
                "Femke Talsma", "Ik bouw hoortoestellen en heb een idee voor de waterleidingen."},
            {"Rune Okkels", "We measure vibration in bridges and would like to try streets."}}) {
        const std::string email = text::slug(name) + "@demo.example";
        know(email, name, nl, "");
        act(email, "platforms.apply", {{"role", "solver"}, {"why", why}});
      }
    });
  }

  // ---- the one in judging ----

  static const HeatEntry& heat_entry(std::string_view team) {
    return *std::ranges::find_if(heat_entries(), [&](const HeatEntry& e) { return e.who.team == team; });
  }

  void heat() {
    using enum i18n::Language;
    told_ = &heat_;
    publish(heat_seeker.email, heat_statement([this](int from_today, int hour) { return wall(from_today, hour); }),
            day(-118, 11), day(-104, 15));
    const auto& entries = heat_entries();
    const auto joined = moments(entries.size(), day(-94), day(-70)), sent = moments(entries.size(), day(-58), day(-41));
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const HeatEntry& e = entries[i];
      later(joined[i], [this, &e] { join(e.who, de); });
      later(sent[i], [this, &e] { write_heat(e); });
      later(sent[i] + 20 * minute_ms, [this, &e] { seal(e.who.team); });
    }
    ask(heat_questions(), heat_seeker.email, day(-68), day(-60));
    later(day(-41, 9), [this] {
      seat(heat_panel(), de);
      later(now().closes_at, [this] {
        turn("challenges.close");
        judge_heat();
      });
    });
  }
  void write_heat(const HeatEntry& e) {
    const std::string who =
        std::string(e.who.name) +
        (e.who.organisation.empty() ? ", auf eigene Rechnung." : ", für " + std::string(e.who.organisation) + ".");
    // Some say whose they are where judges would read it: the screener hides that.
    const std::string effect =
        std::string(e.effect) + (e.mask.empty() ? "" : " Mehr dazu bei: " + std::string(e.mask) + ".");
    write(e.who.team, e.title, {e.idea, effect, e.cost, who});
  }
  void judge_heat() {
    const auto in = sealed();
    const auto looked = moments(in.size(), day(-39), day(-35));
    for (std::size_t i = 0; i < in.size(); ++i)
      later(looked[i], [this, e = in[i]] {
        const HeatEntry& said = heat_entry(team_of(e));
        screen(e, heat_found(said), said.mask,
               said.who.team == "Eisblock" ? "Die Kältemaschine hat ein Kältemittel; das schließt die Aufgabe aus."
               : said.who.team == "Guter Rat"
                   ? "Kein Konzept für ein Klassenzimmer: Es gibt nichts, was die Jury bewerten könnte."
                   : "");
      });
    const auto declared = moments(heat_panel().size(), day(-34), day(-31));
    for (std::size_t i = 0; i < declared.size(); ++i)
      later(declared[i], [this, &one = heat_panel()[i]] { declare(one, heat_interests()); });
    later(day(-30, 10), [this] {
      here(official.email, "challenges.begin-judging");
      const auto all = readings(heat_panel());
      const auto when = moments(all.size(), day(-29), day(-8));
      for (std::size_t i = 0; i < all.size(); ++i)
        if (const auto chance = dice_.below(100); chance < given_of_100 + drafts_of_100)
          later(when[i], [this, one = all[i], draft = chance >= given_of_100] {
            mark(one, heat_entry(team_of(one.entry)).worth, 4, heat_remarks(), draft);
          });
    });
    later(day(-7, 15), [this] { found_late(); });
  }
  /// What somebody found after marks were given: they are void, and somebody else is given the entry by hand.
  void found_late() {
    const Id entry = told_->entries.at("Luftschiff");
    const Id biased = store::readers_of(*tx_, entry).front().judge;
    here(moderator.email, "challenges.report-conflict",
         {{"judge", str(biased)},
          {"entry", str(entry)},
          {"reason", "Sitzt seit März im Beirat des Vereins; es steht auf dessen Seite."}});
    const auto known = store::conflicts(*tx_, told_->challenge);
    for (const Seat& one : heat_panel()) {
      const Id who = person(one.email);
      const auto reads = store::assignments_of(*tx_, told_->challenge, who);
      const bool barred = std::ranges::any_of(known, [&](const challenges::Conflict& k) {
        return k.judge == who && k.team == told_->teams.at("Luftschiff");
      });
      if (barred || std::ranges::find(reads, entry, &challenges::Assignment::entry) != reads.end()) continue;
      return later(day(-6, 9), [this, entry, who] {
        here(official.email, "challenges.reassign",
             {{"entry", str(entry)},
              {"to", str(who)},
              {"reason", "Statt des Mitglieds, dessen Interesse gemeldet wurde."}});
      });
    }
  }

  people::House& house_;
  ManualClock& clock_;
  SeededRandom dice_;
  const Time today_;
  i18n::Zone zone_ = i18n::Zone::utc();
  WriteTx* tx_ = nullptr;
  Id platform_{};
  std::map<std::string, Player, std::less<>> people_;
  Told als_, leak_, heat_;
  Told* told_ = &als_;
  std::map<std::pair<Time, std::size_t>, std::pair<Told*, std::function<void()>>> to_come_;
  std::size_t place_ = 0;
  PrizesMade made_;
};

}  // namespace

Result<PrizesMade> make_prizes(people::House& house, ManualClock& clock, std::uint64_t seed, Time today) {
  return Prizes(house, clock, seed, today).make();
}

}  // namespace polder::app::demo
