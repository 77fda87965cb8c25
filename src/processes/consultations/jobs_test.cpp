// Who took part is told, once, in their language; and what time does happens on time.
#include <gmock/gmock.h>

#include "people/people.h"
#include "people/store.h"
#include "processes/consultations/stage_test.h"
#include "record/receipt.h"
#include "record/store.h"

namespace polder::consultations {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

class Mails : public Stage {
 protected:
  std::vector<mail::Mail> of_kind(const std::string& to, const std::string& kind) {
    auto all = s.mails(to);
    std::erase_if(all, [&](const mail::Mail& m) { return m.kind != kind; });
    return all;
  }
  Id answer(Id c, const std::vector<Id>& to, const std::string& outcome = "changed") {
    json::array responses;
    for (const Id r : to) responses.push_back(json::string(str(r)));
    return act(official, "consultations.answer",
               {{"consultation", str(c)},
                {"responses", std::move(responses)},
                {"outcome", outcome},
                {"words", "Eleven it is."},
                {"article", "art_2"}});
  }
  void report(Id c) { act(official, "consultations.report", {{"consultation", str(c)}, {"words", "## Done"}}); }

  /// As a runner that lost its lease would run it: all of it, and then it may not say so.
  jobs::Outcome run_without_lease(const std::string& kind, const json::object& payload) {
    for (const auto& handler : s.house().job_handlers)
      if (handler.kind.text() == kind)
        return handler.run(
            {.id = s.house().ids.next(), .kind = kind, .payload = json::serialize(payload), .attempt = 1, .token = 1});
    ADD_FAILURE() << "nobody does " << kind;
    return {};
  }
};
ON_BOTH_DATABASES(Mails);

TEST_P(Mails, WhoRespondsGetsAReceiptThatVerifies) {
  s.person(author, {.name = "Anna", .language = i18n::Language::nl});
  const Id c = open();
  respond(c, author, "public-anonymous", "The last ferry leaves too early.");
  s.run_jobs();
  s.run_jobs();
  const auto mails = of_kind(author, "consultations.receipt");
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_THAT(mails[0].text, HasSubstr("The last ferry leaves too early."));
  EXPECT_THAT(mails[0].text, HasSubstr("https://polder.test/delta/consultations/ferries-at-night/responses/"));
  ASSERT_EQ(mails[0].attachments.size(), 1u);
  const auto verified = record::verify_receipt(mails[0].attachments[0].bytes, s.house().logs.verifier(delta).value());
  ASSERT_TRUE(verified);
  EXPECT_THAT(verified->content, HasSubstr("The last ferry leaves too early."));
}

TEST_P(Mails, TheConsoleGetsNone) {
  const Id c = open();
  ASSERT_TRUE(
      perform(record::Actor::console(), "consultations.respond", response_fields(c, "public-name", "imported")));
  s.run_jobs();
  EXPECT_TRUE(read([](storage::ReadTx& tx) { return mail::list(tx, Id{INT64_MAX}, 10); }).empty());
}

TEST_P(Mails, AnAnswerIsToldOnceToEachPersonInTheirLanguage) {
  s.person("jan@example.org", {.name = "Jan", .language = i18n::Language::nl});
  const Id c = open();
  const std::vector<Id> responses{respond(c, author, "public-name", "first words"),
                                  respond(c, author, "officials", "second words"),
                                  respond(c, "jan@example.org", "public-name", "later please")};
  respond(c, citizen, "public-name", "nobody answers me");
  close();
  const Id a = answer(c, responses);
  s.run_jobs();
  s.run_jobs();
  EXPECT_TRUE(of_kind(citizen, "consultations.answer").empty());
  ASSERT_EQ(of_kind(author, "consultations.answer").size(), 1u);
  const auto jan = of_kind("jan@example.org", "consultations.answer");
  ASSERT_EQ(jan.size(), 1u);
  EXPECT_EQ(jan[0].language, "nl");
  EXPECT_THAT(jan[0].subject, HasSubstr("Uw reactie is beantwoord"));
  EXPECT_THAT(jan[0].text, HasSubstr("later please"));
  EXPECT_THAT(jan[0].text, HasSubstr("Eleven it is."));
  EXPECT_THAT(jan[0].text, HasSubstr("responses/" + str(responses[2])));
  EXPECT_THAT(jan[0].text, Not(HasSubstr("first words")));

  EXPECT_EQ(run_without_lease("consultations.tell-answer", {{"answer", str(a)}}).what, jobs::Outcome::again);
  EXPECT_EQ(of_kind(author, "consultations.answer").size(), 1u);
}

TEST_P(Mails, TheReportIsToldToEverybodyWhoTookPartAndSaysWhatBecameOfTheirWords) {
  const Id c = open();
  const Id answered = respond(c, author, "public-name", "earlier please");
  respond(c, citizen, "officials", "between us");
  const Id gone = respond(c, "gone@example.org", "public-name", "a mistake");
  act("gone@example.org", "consultations.withdraw-response", {{"response", str(gone)}});
  respond(c, "erased@example.org", "public-name", "I leave");
  close();
  answer(c, {answered}, "elsewhere");
  report(c);
  ASSERT_TRUE(s.house().database.write([&](storage::WriteTx& tx) -> Done {
    people::store::delete_person(tx, people::find_person_by_email(tx, "erased@example.org")->id);
    return {};
  }));
  s.run_jobs();
  report(c);  // corrected: nobody is told twice
  s.run_jobs();
  const auto mine = of_kind(author, "consultations.report");
  ASSERT_EQ(mine.size(), 1u);
  EXPECT_THAT(mine[0].text, HasSubstr("earlier please"));
  EXPECT_THAT(mine[0].text, HasSubstr("taken up elsewhere"));
  EXPECT_THAT(mine[0].text, HasSubstr("/delta/consultations/ferries-at-night/report"));
  const auto theirs = of_kind(citizen, "consultations.report");
  ASSERT_EQ(theirs.size(), 1u);
  EXPECT_THAT(theirs[0].text, HasSubstr("no answer of its own"));
  EXPECT_TRUE(of_kind("gone@example.org", "consultations.report").empty());
  EXPECT_TRUE(of_kind("erased@example.org", "consultations.report").empty());
}

TEST_P(Mails, AReportReachesMorePeopleThanOneJobWritesTo) {
  const Id c = open();
  s.house().settings.quiet = true;  // no receipts
  constexpr int people = 1'003;
  ASSERT_TRUE(s.house().database.write([&](storage::WriteTx& tx) -> Done {
    for (int i = 0; i < people; ++i) {
      const Id person = people::person_for_address(tx, s.house().ids, s.clock().now(),
                                                   "p" + std::to_string(i) + "@example.org", "", i18n::Language::en);
      const auto ready = s.house().acts.find("consultations.respond")->read(response_fields(c, "public-name", "word"));
      const record::Actor actor{.kind = record::Actor::Kind::person, .person = person, .roles = {}};
      if (auto done = s.house().acts.perform_in(tx, delta, actor, "consultations.respond", *ready, {}); !done)
        return std::unexpected(done.error());
    }
    return {};
  }));
  s.house().settings.quiet = false;
  close();
  report(c);
  s.run_jobs();
  std::map<std::string, int> told;
  for (Id before{INT64_MAX};;) {
    const auto page = read([&](storage::ReadTx& tx) { return mail::list(tx, before, 500); });
    if (page.empty()) break;
    before = page.back().id;
    for (const auto& entry : page) ++told[entry.to];
  }
  EXPECT_EQ(told.size(), std::size_t(people));
  EXPECT_TRUE(std::ranges::all_of(told, [](const auto& one) { return one.second == 1; }));
}

class TimeActs : public Stage {};
ON_BOTH_DATABASES(TimeActs);

TEST_P(TimeActs, AConsultationOpensAndClosesOnItsOwnAndOnlyOnce) {
  const Id c = draft();
  act(official, "consultations.publish", {{"consultation", str(c)}});
  const auto stored = [&] { return read([&](storage::ReadTx& tx) { return store::by_id(tx, c)->phase; }); };
  const auto opens = read([&](storage::ReadTx& tx) { return store::by_id(tx, c)->opens_at; });
  s.clock().set(opens - 1);
  s.run_jobs();
  EXPECT_EQ(stored(), Phase::announced);
  s.clock().set(opens);
  s.run_jobs();
  s.run_jobs();
  EXPECT_EQ(stored(), Phase::open);
  close();
  EXPECT_EQ(stored(), Phase::closed);
  std::vector<std::string> by_clock;
  for (const auto& a : read([&](storage::ReadTx& tx) { return record::store::acts_of_platform(tx, delta, -1, 100); }))
    if (a.role == "clock") by_clock.insert(by_clock.begin(), a.name);
  EXPECT_EQ(by_clock, (std::vector<std::string>{"consultations.open", "consultations.close"}));
}

TEST_P(TimeActs, ThoseThatAreRefusedDoNotKeepTheOthersShut) {
  const Id c = draft();
  act(official, "consultations.publish", {{"consultation", str(c)}});
  ASSERT_TRUE(s.house().database.write([&](storage::WriteTx& tx) -> Done {
    Consultation orphan = *store::by_id(tx, c);
    orphan.platform = Id{99};
    for (orphan.id = Id{1}; orphan.id < Id{250}; ++orphan.id.value) {  // these come first
      orphan.slug = str(orphan.id);
      store::insert(tx, orphan);
    }
    return {};
  }));
  s.clock().advance(2 * day_ms);
  s.run_jobs();
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::by_id(tx, c)->phase; }), Phase::open);
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::by_id(tx, Id{1})->phase; }), Phase::announced);
}

class PersonalData : public Stage {};
ON_BOTH_DATABASES(PersonalData);

TEST_P(PersonalData, ACopyHoldsEverythingAPersonSaidAndNothingOfOthers) {
  const Id c = open();
  respond(c, author, "officials", "what I said");
  respond(c, citizen, "public-name", "what another said");
  const Id person = s.id_of(author);
  for (const auto& room : s.house().personal_data)
    if (room.room == "consultations") {
      const auto copy = json::serialize(read([&](storage::ReadTx& tx) { return room.copy(tx, person); }));
      EXPECT_THAT(copy, HasSubstr("what I said"));
      EXPECT_THAT(copy, HasSubstr("Ferry Friends"));
      EXPECT_THAT(copy, HasSubstr("ferries-at-night"));
      EXPECT_THAT(copy, Not(HasSubstr("another")));
    }
}

TEST_P(PersonalData, AfterAnErasureNoTableHoldsTheWordsAndTheNumbersStillAddUp) {
  const Id c = open();
  respond(c, author, "public-name", "zebra crossing");
  respond(c, author, "officials", "zebra stripes");
  respond(c, citizen, "public-name", "I stay");
  auto& house = s.house();
  const Id person = s.id_of(author);
  ASSERT_TRUE(s.place().holds(house.database, "response_parts", "zebra"));
  ASSERT_TRUE(house.database.write([&](storage::WriteTx& tx) -> Done {
    record::Doing doing(tx, delta, record::Actor::console(), s.clock().now(), house.ids, house.random);
    for (const auto& room : house.personal_data)
      if (room.room == "consultations") room.erase(doing, person);
    record::store::erase_person(tx, person);
    EXPECT_THAT(doing.renewed(), testing::Contains(page_subject(c)));
    return {};
  }));
  s.run_jobs();  // receipts of what is erased are not sent
  const std::array<std::string_view, 4> tables{"responses", "response_parts", "acts", "mails"};
  house.database.scrub(tables);
  for (const auto table : tables) EXPECT_FALSE(s.place().holds(house.database, table, "zebra")) << table;
  const auto after = read([&](storage::ReadTx& tx) { return store::by_id(tx, c); });
  EXPECT_EQ(after->responses, 3);
  EXPECT_EQ(after->shown, 1);
  s.visitor()
      .get("/api/v1/platforms/delta/consultations/ferries-at-night/responses")
      .expect(200)
      .lacks("zebra")
      .has("I stay");
}

}  // namespace
}  // namespace polder::consultations
