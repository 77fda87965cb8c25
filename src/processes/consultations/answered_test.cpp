// The share of answered responses can reach the whole: what was taken back, hidden or erased waits for nobody, and the
// record shows it to nobody either.
#include "people/erasure.h"
#include "people/people.h"
#include "processes/consultations/stage_test.h"
#include "record/store.h"

namespace polder::consultations {
namespace {

using boost::json::array;
using boost::json::object;

class Answered : public Stage {
 protected:
  void SetUp() override {
    Stage::SetUp();
    if (IsSkipped()) return;
    moderation = std::make_unique<dialogue::Moderation>(s.house());
    dialogue::install(*moderation);
    add_contributions(*moderation);
  }
  void answer(Id c, const std::vector<Id>& to) {
    array responses;
    for (const Id r : to) responses.push_back(boost::json::string(str(r)));
    act(official, "consultations.answer",
        {{"consultation", str(c)}, {"responses", responses}, {"outcome", "kept"}, {"words", "Because."}});
  }
  void hide(Id r) {
    act(moderator, "moderation.hide",
        {{"kind", "response"}, {"contribution", str(r)}, {"reason", "threat"}, {"statement", "A threat."}});
  }
  void restore(Id r) {
    act(overseer, "moderation.restore",
        {{"kind", "response"}, {"contribution", str(r)}, {"statement", "It was none."}});
  }
  void take_back(const char* who, Id r) { act(who, "consultations.withdraw-response", {{"response", str(r)}}); }
  void erase(const std::string& email) {
    const Id person = s.id_of(email);
    ASSERT_TRUE(s.house().database.write([&](storage::WriteTx& tx) -> Done {
      record::Doing doing(tx, delta, record::Actor::console(), s.clock().now(), s.house().ids, s.house().random);
      people::erase_person(s.house(), doing, *people::find_person(tx, person));
      return {};
    }));
  }
  record::Visibility in_the_record(Id r) {
    return read([&](storage::ReadTx& tx) { return record::store::act(tx, store::response(tx, r)->act)->visibility; });
  }

  const std::string page = "/delta/consultations/ferries-at-night";
  std::unique_ptr<dialogue::Moderation> moderation;
};
ON_BOTH_DATABASES(Answered);

TEST_P(Answered, WhatWasTakenBackHiddenOrErasedWaitsForNobody) {
  const Id c = open();
  const Id mine = respond(c, author, "public-name", "at night"),
           between_us = respond(c, citizen, "officials", "between us"),
           back = respond(c, "back@example.org", "public-name", "a mistake"),
           hidden = respond(c, "rude@example.org", "public-anonymous", "a threat");
  respond(c, "gone@example.org", "public-name", "I leave");
  take_back("back@example.org", back);
  hide(hidden);
  erase("gone@example.org");
  close();
  auto& desk = s.person(official);
  desk.get(page + "/desk").expect(200).has("0 of 2 answered").lacks("a threat").lacks("a mistake");
  desk.get(page + "/desk?all=true").expect(200).has("a threat").lacks("a mistake");
  desk.get(page).has("2 responses wait for an answer");
  answer(c, {mine, between_us});
  desk.get(page + "/desk").expect(200).has("2 of 2 answered, 100%");
  desk.get(page).has("Every response has been answered.");
  desk.get(page + "/write-report").expect(200).lacks("not answered yet");

  restore(hidden);
  desk.get(page + "/desk").has("2 of 3 answered").has("a threat");
  answer(c, {hidden});
  hide(hidden);
  desk.get(page + "/desk").has("2 of 2 answered");
  restore(hidden);
  desk.get(page + "/desk").has("3 of 3 answered");
  erase("rude@example.org");
  desk.get(page + "/desk").has("2 of 2 answered");

  act(official, "consultations.report", {{"consultation", str(c)}, {"words", "Thank you."}});
  s.visitor().get(page).has("100%");
  s.visitor().get(page + "/report").expect(200).has("100%");
  const auto told =
      s.visitor().get("/api/v1/platforms/delta/consultations/ferries-at-night").expect(200).json().as_object();
  EXPECT_EQ(told.at("responses"), 5) << "that they came in stays true";
  EXPECT_EQ(told.at("answerable"), 2);
  EXPECT_EQ(told.at("answered"), 2);
}

TEST_P(Answered, WhatIsTakenBackIsHiddenInTheRecordToo) {
  const Id c = open();
  const std::array<std::pair<const char*, record::Visibility>, 3> kinds{
      {{"public-name", record::Visibility::open},
       {"public-anonymous", record::Visibility::nameless},
       {"officials", record::Visibility::parties}}};
  for (const auto& [visibility, shown] : kinds) {
    const Id r = respond(c, author, visibility, "a mistake");
    EXPECT_EQ(in_the_record(r), shown) << visibility;
    take_back(author, r);
    EXPECT_EQ(in_the_record(r), record::Visibility::hidden) << visibility;
  }
}

TEST_P(Answered, AResponseTakenBackIsNotSaidToBeForTheOfficials) {
  const Id c = open();
  take_back(author, respond(c, author, "public-name", "a mistake"));
  s.visitor().get(page).expect(200).lacks("for the officials only");
  respond(c, author, "officials", "between us");
  s.visitor().get(page).expect(200).has("1 response came in");
}

}  // namespace
}  // namespace polder::consultations
