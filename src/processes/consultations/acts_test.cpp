// The acts of a consultation: every act by everybody in every phase, the limits of a response, and numbers that add up.
#include <map>
#include <random>
#include <set>

#include "processes/consultations/stage_test.h"
#include "record/store.h"

namespace polder::consultations {
namespace {

using boost::json::array;
using boost::json::object;

class ConsultationActs : public Stage {
 protected:
  std::string told(const record::Actor& actor, const std::string& act, const object& fields) {
    const auto done = s.house().acts.rehearse({delta, actor, act, fields});
    if (done) return "";
    const auto& r = done.error();
    return r.fields.empty() ? r.message.key : r.fields.front().field + ' ' + r.fields.front().message.key;
  }
  record::Actor as(const char* email) { return s.actor(email, delta); }
  Consultation consultation(Id c) {
    return read([&](storage::ReadTx& tx) { return *store::by_id(tx, c); });
  }
  /// The draft's first or second article.
  std::string eid(Id c, std::int64_t position) {
    return read([&](storage::ReadTx& tx) { return store::articles(tx, c).at(std::size_t(position - 1)).eid; });
  }
  record::Actor as_owner(Id response) { return s.actor(owners.at(response), delta); }
  std::map<Id, std::string> owners;
};
ON_BOTH_DATABASES(ConsultationActs);

TEST_P(ConsultationActs, EachIsForThoseTheCharterNamesInTheirPhaseAndForNobodyElse) {
  struct Row {
    const char* act;
    std::set<std::string> who;
    std::set<Phase> phases;
  };
  const std::set<std::string> people{author, official, moderator, overseer, administrator};
  const std::set<Phase> any{Phase::draft, Phase::announced, Phase::open, Phase::closed, Phase::answered};
  const std::vector<Row> rows{{"consultations.draft", {official}, any},
                              {"consultations.revise", {official}, {Phase::draft, Phase::announced}},
                              {"consultations.publish", {official}, {Phase::draft}},
                              {"consultations.open", {"clock"}, {Phase::announced}},
                              {"consultations.respond", people, {Phase::open}},
                              {"consultations.withdraw-response", people, {Phase::open, Phase::closed}},
                              {"consultations.close", {"clock"}, {Phase::open}},
                              {"consultations.answer", {official}, {Phase::closed}},
                              {"consultations.report", {official}, {Phase::closed, Phase::answered}}};
  std::size_t ours = 0;
  for (const auto& [name, kind] : s.house().acts.all()) ours += name.starts_with("consultations.") ? 1 : 0;
  EXPECT_EQ(ours, rows.size()) << "an act without a row here";

  Id c = draft(), r{};
  for (const Phase phase : any) {
    if (phase == Phase::announced) act(official, "consultations.publish", {{"consultation", str(c)}});
    if (phase == Phase::open) {
      s.clock().advance(2 * day_ms);
      s.run_jobs();
      r = respond(c, author, "public-name", "At night.");
    }
    if (phase == Phase::closed) close();
    if (phase == Phase::answered)
      act(official, "consultations.report", {{"consultation", str(c)}, {"words", "Thank you."}});
    ASSERT_EQ(consultation(c).phase, phase);
    for (const Row& row : rows) {
      object fields{{"consultation", str(c)}};
      const std::string_view name = row.act;
      if (name.ends_with(".draft")) fields = draft_fields("Another");
      if (name.ends_with(".revise")) {
        fields = draft_fields();
        fields["consultation"] = str(c);
      }
      if (name.ends_with(".respond")) fields = response_fields(c, "public-name", "Me too.");
      if (name.ends_with(".withdraw-response")) fields = {{"response", str(r ? r : Id{99})}};
      if (name.ends_with(".answer")) {
        fields["responses"] = array{str(r ? r : Id{99})};
        fields["outcome"] = "kept";
        fields["words"] = "Because.";
      }
      if (name.ends_with(".report")) fields["words"] = "Thank you.";
      for (const auto* who : {"visitor", "clock", author, official, moderator, overseer, administrator}) {
        const record::Actor actor = who == std::string_view("visitor") ? record::Actor::visitor()
                                    : who == std::string_view("clock") ? record::Actor::clock()
                                                                       : as(who);
        // Before there is a response there is nothing to take back; and only its author finds it.
        if (name.ends_with(".withdraw-response") && (!r || who != std::string_view(author))) continue;
        const bool allowed = row.who.contains(who) && row.phases.contains(phase);
        const std::string refusal = told(actor, row.act, fields);
        const bool not_yet = refusal == "consultations.not-yet";  // time may, and does when it is time
        EXPECT_EQ(refusal.empty() || not_yet, allowed)
            << row.act << " by " << who << ", " << fields::word_of(phase) << ": " << refusal;
        if (phase == Phase::draft && !allowed && name != "consultations.draft") {
          EXPECT_EQ(refusal, "record.not-found") << "a draft is not known of: " << row.act << " by " << who;
        }
      }
    }
  }
}

TEST_P(ConsultationActs, TheConsoleIsHeldToTheOrderOfThePhasesToo) {
  const Id c = open();
  const auto console = record::Actor::console();
  auto revised = draft_fields();
  revised["consultation"] = str(c);
  EXPECT_EQ(told(console, "consultations.publish", {{"consultation", str(c)}}), "record.not-in-this-phase")
      << "it would be announced again";
  EXPECT_EQ(told(console, "consultations.revise", revised), "record.not-in-this-phase")
      << "it would forget what was counted";
  EXPECT_EQ(told(console, "consultations.open", {{"consultation", str(c)}}), "record.not-in-this-phase");
  EXPECT_EQ(told(console, "consultations.report", {{"consultation", str(c)}, {"words", "x"}}),
            "record.not-in-this-phase");
  EXPECT_EQ(told(console, "consultations.close", {{"consultation", str(c)}}), "consultations.not-yet");
}

TEST_P(ConsultationActs, OfAnotherPlatformThereIsNothingHere) {
  const Id c = open(), water = s.platform("water", charter());
  s.give_role(official, water, "official");
  const auto done = s.house().acts.rehearse(
      {water, s.actor(official, water), "consultations.respond", response_fields(c, "public-name", "x")});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message.key, "consultations.not-found");
}

TEST_P(ConsultationActs, TwoOfOneTitleHaveEachTheirPlaceInTheRecord) {
  const Id first = draft("Ferries"), second = draft("Ferries");
  EXPECT_EQ(consultation(first).slug, "ferries");
  EXPECT_EQ(consultation(second).slug, "ferries-2");
  read([&](storage::ReadTx& tx) {
    for (const Id c : {first, second})
      EXPECT_EQ(record::store::acts_about(tx, delta, "consultations/" + str(c), {}, 10).size(), 1U);
  });
  act(official, "consultations.publish", {{"consultation", str(second)}});
  read([&](storage::ReadTx& tx) {
    EXPECT_EQ(record::store::acts_about(tx, delta, "consultations/ferries", {}, 10).size(), 0U) << "still a draft";
    EXPECT_EQ(record::store::acts_about(tx, delta, "consultations/ferries-2", {}, 10).size(), 1U);
  });
}

TEST_P(ConsultationActs, ItsAddressSaysTheTitleItIsPublishedUnder) {
  const Id c = draft("Sell the ferries");
  draft("Ferries at night");
  const auto revise = [&](const std::string& title) {
    auto fields = draft_fields(title);
    fields["consultation"] = str(c);
    const auto done = perform(as(official), "consultations.revise", fields).value();
    EXPECT_EQ(done.location, "consultations/" + consultation(c).slug);
    s.person(official).get("/delta/" + done.location).expect(200).has(title);
  };
  revise("Ferries at night");
  EXPECT_EQ(consultation(c).slug, "ferries-at-night-2") << "a title that was thought better of is told to nobody";
  revise("Ferries at night");
  EXPECT_EQ(consultation(c).slug, "ferries-at-night-2");
  act(official, "consultations.publish", {{"consultation", str(c)}});
  revise("Ferries by night");
  EXPECT_EQ(consultation(c).slug, "ferries-at-night-2") << "what people were given stays where it is";
}

TEST_P(ConsultationActs, WhoeverWritesOrPublishesADraftSeesIt) {
  std::string text = charter();
  const auto give = [&](const std::string& name, const std::string& role) {
    const auto at = text.find("who = [\"official\"]", text.find("act = \"consultations." + name + '"'));
    text.replace(at, 18, "who = [\"" + role + "\"]");
  };
  give("revise", "moderator");
  give("publish", "administrator");
  ASSERT_TRUE(perform(record::Actor::console(), "platforms.change-charter", {{"charter", text}}));
  draft();
  for (const auto* who : {official, moderator, administrator})
    for (const auto* path : {"/delta/consultations", "/delta/consultations/ferries-at-night",
                             "/delta/consultations/ferries-at-night/draft", "/api/v1/platforms/delta/consultations"})
      s.person(who).get(path).expect(200).has("Ferr");
  for (const auto* who : {overseer, citizen}) {
    s.person(who).get("/delta/consultations").expect(200).lacks("Ferr");
    s.person(who).get("/delta/consultations/ferries-at-night").expect(404).lacks("Ferr");
  }
}

TEST_P(ConsultationActs, ALawThatCannotBeReadIsRefusedBeforeTheWriterIsAskedAndReadForThoseOnlyWhoMayDraft) {
  auto bad = draft_fields();
  bad["law"] = object{{"name", "law.xml"}, {"base64", base64("<akomaNtoso")}};
  const auto writes = [&] { return s.house().database.figures().writes; };
  const auto before = writes();
  const auto refused = perform(as(official), "consultations.draft", bad);
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().fields.size(), 1U);
  EXPECT_EQ(refused.error().fields.front().field, "law");
  const auto barred = perform(as(citizen), "consultations.draft", bad);
  ASSERT_FALSE(barred);
  EXPECT_EQ(barred.error().why, Why::forbidden);
  EXPECT_EQ(writes(), before);

  const Id c = draft();
  bad["consultation"] = str(c);
  const auto then = writes();
  EXPECT_EQ(perform(as(official), "consultations.revise", bad).error().fields.front().field, "law");
  EXPECT_EQ(perform(as(citizen), "consultations.revise", bad).error().message.key, "record.not-found");
  EXPECT_EQ(writes(), then);
}

// ---- responding ----

TEST_P(ConsultationActs, AResponseHasLimitsAndEachIsToldBesideItsField) {
  const Id c = open();
  const auto with = [&](const std::function<void(object&)>& change) {
    auto fields = response_fields(c, "public-name", "At night.");
    change(fields);
    return told(as(citizen), "consultations.respond", fields);
  };
  const auto words = [&](const std::string& text) {
    return with([&](object& f) { f["answers"] = array{object{{"question", 1}, {"words", text}}}; });
  };
  std::string long_text;
  for (int i = 0; i < 20'000; ++i) long_text += "é";
  EXPECT_EQ(words(long_text), "");
  EXPECT_EQ(words(long_text + "x"), "answers.0.words fields.too-long");
  EXPECT_EQ(words("\xE2\x80\xAE"
                  "abc"),
            "answers.0.words text.override");
  EXPECT_EQ(words("<script>alert(1)</script>"), "") << "words are words";
  EXPECT_EQ(words("  "), "answers.0.words consultations.nothing-said");
  EXPECT_EQ(with([](object& f) { f["answers"] = array{object{{"question", 3}, {"words", "x"}}}; }),
            "answers.0.words consultations.no-such-question");
  EXPECT_EQ(with([](object& f) {
              f["answers"] = array{object{{"question", 1}, {"words", "x"}}, object{{"question", 1}, {"words", "y"}}};
            }),
            "answers.1.words consultations.no-such-question")
      << "one answer a question";
  EXPECT_EQ(with([](object& f) { f["answers"] = array{object{{"question", 11}, {"words", "x"}}}; }),
            "answers.0.question fields.out-of-range");
  EXPECT_EQ(with([](object& f) { f["remarks"] = array{object{{"article", "art_99"}, {"words", "x"}}}; }),
            "remarks.0.article consultations.no-such-article");
  EXPECT_EQ(with([&](object& f) { f["remarks"] = array{object{{"article", eid(c, 1)}}}; }),
            "remarks.0.words consultations.remark-empty");
  EXPECT_EQ(with([&](object& f) {
              f["remarks"] = array{object{{"article", eid(c, 1)}, {"quote", "a boat"}, {"words", "Which?"}}};
            }),
            "");
  EXPECT_EQ(with([&](object& f) { f["remarks"] = array(51, object{{"article", eid(c, 1)}, {"words", "x"}}); }),
            "remarks fields.too-many");
  EXPECT_EQ(with([](object& f) { f.erase("signed-as"); }), "signed-as consultations.name-missing");
  EXPECT_EQ(with([](object& f) { f["signed-as"] = " "; }), "signed-as consultations.name-missing");
  EXPECT_EQ(with([](object& f) {
              f.erase("signed-as");
              f["visibility"] = "public-anonymous";
            }),
            "");
  EXPECT_EQ(with([](object& f) { f["visibility"] = "nobody"; }), "visibility fields.not-an-option");
  EXPECT_EQ(with([](object& f) { f["language"] = "en-GB"; }), "");
  EXPECT_EQ(with([](object& f) { f["language"] = "-"; }), "language consultations.no-such-language");
  EXPECT_EQ(told(record::Actor::visitor(), "consultations.respond", response_fields(c, "public-name", "x")),
            "governance.confirm-first");
}

TEST_P(ConsultationActs, AVisibilityThatTheCharterDoesNotOfferIsRefused) {
  std::string text = charter();
  const std::string from = R"(["public-name", "public-anonymous", "officials"])";
  text.replace(text.find(from), from.size(), R"(["public-name"])");
  ASSERT_TRUE(perform(record::Actor::console(), "platforms.change-charter", {{"charter", text}}));
  const Id c = open();
  EXPECT_EQ(told(as(citizen), "consultations.respond", response_fields(c, "officials", "x")),
            "visibility consultations.visibility-not-here");
  EXPECT_EQ(told(as(citizen), "consultations.respond", response_fields(c, "public-name", "x")), "");
}

TEST_P(ConsultationActs, TheDeadlineIsHeldToTheMillisecond) {
  const Id c = open();
  const auto fields = response_fields(c, "public-name", "In time.");
  s.clock().set(consultation(c).closes_at - 1);
  EXPECT_EQ(told(as(citizen), "consultations.respond", fields), "");
  s.clock().advance(1);
  EXPECT_EQ(told(as(citizen), "consultations.respond", fields), "governance.refused.phase")
      << "though the clock's job has not run";
}

TEST_P(ConsultationActs, TheMinimumOfTheCharterIsHeldToTheDay) {
  const auto publish = [&](int days) {
    auto fields = draft_fields("Of " + std::to_string(days));
    fields["last-day"] = iso(date_of(s.clock().now() + std::int64_t(days) * day_ms));  // the first day is tomorrow
    const Id c = act(official, "consultations.draft", fields);
    return told(as(official), "consultations.publish", {{"consultation", str(c)}});
  };
  EXPECT_EQ(publish(28), "");
  EXPECT_EQ(publish(27), "last-day consultations.period-too-short");
}

TEST_P(ConsultationActs, AResponseIsTakenBackByItsAuthorUntilItIsAnswered) {
  const Id c = open(), r = respond(c, author, "public-name", "At night."),
           other = respond(c, author, "public-name", "By day.");
  const auto withdraw = [&](const char* who, Id id) {
    return told(as(who), "consultations.withdraw-response", {{"response", str(id)}});
  };
  EXPECT_EQ(withdraw(citizen, r), "consultations.no-response");
  EXPECT_EQ(withdraw(official, r), "consultations.no-response");
  EXPECT_EQ(withdraw(author, Id{99}), "consultations.no-response");
  act(author, "consultations.withdraw-response", {{"response", str(r)}});
  EXPECT_EQ(withdraw(author, r), "consultations.no-response") << "it is gone";
  close();
  EXPECT_EQ(withdraw(author, other), "");
  act(official, "consultations.answer",
      {{"consultation", str(c)}, {"responses", array{str(other)}}, {"outcome", "changed"}, {"words", "Yes."}});
  EXPECT_EQ(withdraw(author, other), "consultations.answered-already");
}

TEST_P(ConsultationActs, AnAnswerIsToResponsesOfThisConsultation) {
  const Id c = open(), elsewhere = open("Bridges");
  const Id r = respond(c, author, "officials", "At night."), back = respond(c, author, "public-name", "By day."),
           other = respond(elsewhere, author, "public-name", "x");
  act(author, "consultations.withdraw-response", {{"response", str(back)}});
  close();
  const auto answer = [&](const array& to, const object& more = {}) {
    object fields{{"consultation", str(c)}, {"responses", to}, {"outcome", "kept"}, {"words", "Because."}};
    for (const auto& [k, v] : more) fields[k] = v;
    return told(as(official), "consultations.answer", fields);
  };
  EXPECT_EQ(answer({str(r), str(r)}), "") << "named twice is once";
  EXPECT_EQ(answer({}), "responses consultations.choose-responses");
  EXPECT_EQ(answer({str(other)}), "responses consultations.no-response");
  EXPECT_EQ(answer({str(back)}), "responses consultations.no-response") << "taken back";
  EXPECT_EQ(answer({str(r)}, {{"article", "art_99"}}), "article consultations.no-such-article");
  EXPECT_EQ(answer({str(r)}, {{"article", eid(c, 1)}}), "");
  const auto given =
      perform(as(official), "consultations.answer",
              {{"consultation", str(c)}, {"responses", array{str(r)}}, {"outcome", "kept"}, {"words", "So."}});
  s.person(official).get("/delta/" + given.value().location).expect(200).has("At night.");
}

// ---- numbers ----

struct Numbers {
  std::int64_t responses = 0, shown = 0, answerable = 0, answered = 0, remarks = 0;
  std::vector<std::int64_t> questions = {}, articles = {};
  std::map<std::string, std::int64_t> days = {};
  bool operator==(const Numbers&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Numbers& n) {
  out << n.responses << ' ' << n.shown << ' ' << n.answerable << ' ' << n.answered << ' ' << n.remarks << " |";
  for (const auto q : n.questions) out << ' ' << q;
  out << " |";
  for (const auto a : n.articles) out << ' ' << a;
  for (const auto& [day, count] : n.days) out << ' ' << day << '=' << count;
  return out;
}

/// As the pages tell them.
Numbers kept(storage::ReadTx& tx, Id c) {
  const auto row = *store::by_id(tx, c);
  Numbers n{row.responses, row.shown, row.answerable, row.answered, row.remarks};
  for (const auto& q : store::questions(tx, c)) n.questions.push_back(q.responses);
  for (const auto& a : store::articles(tx, c)) n.articles.push_back(a.remarks);
  for (const auto& d : store::days(tx, c)) n.days[d.day] = d.responses;
  return n;
}

/// As they are when everything is counted again.
Numbers recounted(storage::ReadTx& tx, Id c, const i18n::Zone& zone) {
  Numbers n;
  const auto number = [&](std::string_view name, std::string_view sql, const auto&... more) {
    return *tx.value<std::int64_t>({name, sql}, c, more...);
  };
  n.responses = number("test.responses", "SELECT count(*) FROM responses WHERE consultation = $1");
  n.shown =
      number("test.shown", "SELECT count(*) FROM responses WHERE consultation = $1 AND visibility < 2 AND state = 0");
  n.answerable = number("test.answerable", "SELECT count(*) FROM responses WHERE consultation = $1 AND state = 0");
  n.answered = number("test.answered",
                      "SELECT count(DISTINCT l.response) FROM answer_links l JOIN responses r ON r.id = l.response "
                      "WHERE r.consultation = $1 AND r.state = 0");
  n.remarks = number("test.remarks", "SELECT count(*) FROM response_parts WHERE consultation = $1 AND article <> ''");
  for (const auto& q : store::questions(tx, c))
    n.questions.push_back(number(
        "test.question", "SELECT count(*) FROM response_parts WHERE consultation = $1 AND question = $2", q.number));
  for (const auto& a : store::articles(tx, c))
    n.articles.push_back(
        number("test.article", "SELECT count(*) FROM response_parts WHERE consultation = $1 AND article = $2", a.eid));
  tx.each(
      {"test.days", "SELECT made_at FROM responses WHERE consultation = $1"},
      [&](const storage::Row& row) { ++n.days[iso(zone.civil(row.get<Time>(0)).date)]; }, c);
  return n;
}

TEST_P(ConsultationActs, TheNumbersAreThoseOfARecountWhateverHappened) {
  std::mt19937_64 chance(11);
  const auto one_of = [&](const auto& list) { return list.at(chance() % list.size()); };
  const Id c = open();
  const auto zone = s.house().platforms.list()->by_id(delta)->zone;
  std::vector<Id> all;
  std::vector<std::string> people{"p0@example.org", "p1@example.org", "p2@example.org", "p3@example.org"};
  const std::array<const char*, 3> visibilities{"public-name", "public-anonymous", "officials"};
  const auto state = [&](Id id) { return read([&](storage::ReadTx& tx) { return store::response(tx, id)->state; }); };
  const auto step = [&](bool closed) {
    const Id r = all.empty() ? Id{} : one_of(all);
    switch (chance() % (closed ? 4 : 6)) {
      case 0:
        if (r) (void)perform(as_owner(r), "consultations.withdraw-response", {{"response", str(r)}});
        break;
      case 1:
      case 2:
        // Hidden and shown again, as moderation does.
        if (r && state(r) != State::withdrawn)
          (void)s.house().database.write([&](storage::WriteTx& tx) -> Done {
            const auto now = store::response(tx, r);
            store::set_state(tx, *now, now->state == State::there ? State::hidden : State::there);
            return {};
          });
        break;
      case 3:
        if (closed && r)
          (void)perform(as(official), "consultations.answer",
                        {{"consultation", str(c)},
                         {"responses", array{str(r), str(one_of(all))}},
                         {"outcome", "kept"},
                         {"words", "So."}});
        break;
      default: {
        auto fields = response_fields(c, one_of(visibilities), "w");
        fields["answers"] = array{};
        if (chance() % 2 == 0) fields["answers"] = array{object{{"question", 1 + chance() % 2}, {"words", "w"}}};
        array remarks;
        for (std::size_t i = chance() % 4; i > 0; --i)
          remarks.push_back(object{{"article", eid(c, 1 + std::int64_t(chance() % 2))}, {"words", "w"}});
        fields["remarks"] = std::move(remarks);
        const std::string who = one_of(people);
        s.person(who);
        if (const auto done = perform(s.actor(who, delta), "consultations.respond", fields)) {
          all.push_back(done->made);
          owners[done->made] = who;
        }
        s.clock().advance(std::int64_t(chance() % 7) * hour_ms);
      }
    }
    const auto [told, counted] =
        read([&](storage::ReadTx& tx) { return std::pair(kept(tx, c), recounted(tx, c, zone)); });
    ASSERT_EQ(told, counted);
  };
  for (int i = 0; i < 60; ++i) step(false);
  ASSERT_GT(all.size(), 10U);
  (void)s.house().database.write([&](storage::WriteTx& tx) -> Done {
    store::erase_of_person(tx, s.id_of(people[1]));
    return {};
  });
  close();
  for (int i = 0; i < 40; ++i) step(true);
  (void)s.house().database.write([&](storage::WriteTx& tx) -> Done {
    store::erase_of_person(tx, s.id_of(people[2]));
    return {};
  });
  step(true);
}

// ---- lists ----

TEST_P(ConsultationActs, EveryListPagesByKeyWithoutLossOrRepetitionAndAsksOnce) {
  const Id c = open();
  std::vector<Id> all;
  for (int i = 0; i < 23; ++i) {
    auto fields = response_fields(c, i % 5 == 4 ? "officials" : "public-name", "w" + std::to_string(i));
    fields["remarks"] =
        array{object{{"article", eid(c, 1)}, {"words", "one"}}, object{{"article", eid(c, 1)}, {"words", "two"}}};
    if (i % 3 == 0) fields["answers"] = array{};
    all.insert(all.begin(), perform(as(author), "consultations.respond", fields).value().made);
  }
  act(author, "consultations.withdraw-response", {{"response", str(all[2])}});
  const auto listed = [&](const store::Filter& filter) {
    std::vector<Id> out;
    read([&](storage::ReadTx& tx) {
      for (Id before{};;) {
        const auto before_it = tx.statements();
        const auto page = store::responses(tx, c, filter, before, 4);
        EXPECT_EQ(tx.statements() - before_it, 1U) << "one statement, however many responses and parts";
        if (page.empty()) break;
        for (const auto& r : page) {
          out.push_back(r.id);
          const auto whole = store::response(tx, r.id);
          EXPECT_EQ(r.parts.size(), whole->parts.size());
          EXPECT_EQ(r.parts.front().words, whole->parts.front().words);
        }
        before = page.back().id;
      }
    });
    return out;
  };
  const Id person = s.id_of(author);
  const auto expected = [&](auto&& keep) {
    std::vector<Id> out;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (i != 2 && keep(22 - int(i))) out.push_back(all[i]);
    return out;
  };
  const auto is_public = [](int i) { return i % 5 != 4; };
  EXPECT_EQ(listed({}), expected(is_public));
  EXPECT_EQ(listed({.shown_only = false}), expected([](int) { return true; }));
  EXPECT_EQ(listed({.shown_only = false, .unanswered_only = true}), expected([](int) { return true; }));
  EXPECT_EQ(listed({.question = 1}), expected([&](int i) { return is_public(i) && i % 3 != 0; }));
  EXPECT_EQ(listed({.article = eid(c, 1)}), expected(is_public)) << "once, though each speaks of it twice";
  EXPECT_EQ(listed({.article = eid(c, 2)}), std::vector<Id>{});
  read([&](storage::ReadTx& tx) {
    EXPECT_EQ(store::responses_of_person(tx, person, {}, 100).size(), 23U) << "its author sees what was taken back";
    EXPECT_EQ(store::respondents(tx, c, {}, 10), std::vector<Id>{person});
  });
}

TEST_P(ConsultationActs, NoListReadsPastTheEndOfItsPage) {
  if (!s.house().database.is_sqlite()) GTEST_SKIP() << "skipped: PostgreSQL chooses its plan by what is in the tables";
  const Id c = open();
  for (const bool everybody : {true, false})
    for (const store::Filter& filter :
         {store::Filter{.shown_only = everybody}, store::Filter{.shown_only = everybody, .question = 1},
          store::Filter{.shown_only = everybody, .article = "art_1"},
          store::Filter{.shown_only = false, .unanswered_only = true}}) {
      const storage::Statement& list = store::statement_of(filter);
      const std::string name = "test." + std::string(list.name), sql = "EXPLAIN QUERY PLAN " + std::string(list.sql);
      std::string plan;
      const auto say = [&](const storage::Row& row) { plan += std::string(row.text(3)) + '\n'; };
      read([&](storage::ReadTx& tx) {
        const storage::Statement explain{name, sql};
        if (filter.question > 0)
          tx.each(explain, say, c, Id{INT64_MAX}, 20, filter.question, 2, 0);
        else if (!filter.article.empty())
          tx.each(explain, say, c, Id{INT64_MAX}, 20, filter.article, 2, 0);
        else
          tx.each(explain, say, c, Id{INT64_MAX}, 20);
      });
      EXPECT_EQ(plan.find("LIST SUBQUERY"), plan.npos) << plan;
      const auto sorts = plan.find("TEMP B-TREE");  // once: the parts of the page that was found
      EXPECT_EQ(plan.find("TEMP B-TREE", sorts + 1), plan.npos) << plan;
      EXPECT_EQ(plan.find("SCAN responses"), plan.npos) << plan;
    }
}

TEST_P(ConsultationActs, WhatAPageReadsCostsTheSameHoweverMuchThereIs) {
  const Id c = open();
  const auto statements = [&](auto&& fn) {
    return read([&](storage::ReadTx& tx) {
      fn(tx);
      return tx.statements();
    });
  };
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(statements([&](auto& tx) { (void)store::by_slug(tx, delta, "ferries-at-night"); }), 1U);
    EXPECT_EQ(statements([&](auto& tx) { (void)store::list(tx, delta, true, {}, 20); }), 1U);
    EXPECT_EQ(statements([&](auto& tx) { (void)store::questions(tx, c); }), 1U);
    EXPECT_EQ(statements([&](auto& tx) { (void)store::draft(tx, c); }), 1U);
    EXPECT_EQ(statements([&](auto& tx) { (void)store::articles(tx, c); }), 1U);
    EXPECT_EQ(statements([&](auto& tx) { (void)store::responses(tx, c, {}, {}, 20); }), 1U);
    EXPECT_EQ(statements([&](auto& tx) {
                auto page = store::responses(tx, c, {}, {}, 20);
                for (auto& r : page) r.answers = 1;  // as if each had one
                EXPECT_EQ(store::answers_to(tx, page).size(), page.size());
              }),
              round == 0 ? 1U : 2U);
    EXPECT_EQ(statements([&](auto& tx) { (void)store::days(tx, c); }), 1U);
    EXPECT_EQ(statements([&](auto& tx) { (void)store::answers(tx, c, 20); }), 1U);
    EXPECT_EQ(statements([&](auto& tx) { (void)store::outcomes(tx, c); }), 1U);
    for (int i = 0; i < 12; ++i) respond(c, author, "public-name", "w");
  }
}

}  // namespace
}  // namespace polder::consultations
