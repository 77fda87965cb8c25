#include "processes/consultations/stage_test.h"
#include "record/store.h"

namespace polder::consultations {
namespace {

constexpr std::string_view words = "The ferryman Jansen is a drunkard, ask at zonnebloem 5";

class Moderated : public Stage {
 protected:
  void SetUp() override {
    Stage::SetUp();
    if (IsSkipped()) return;
    moderation = std::make_unique<dialogue::Moderation>(s.house());
    dialogue::install(*moderation);
    add_contributions(*moderation);
    consultation = open();
    response = act(author, "consultations.respond", response_fields(consultation, "public-name", std::string(words)));
    respond(consultation, citizen, "public-anonymous", "I stay where I am.");
  }

  boost::json::object decision(std::string_view statement) const {
    return {{"kind", "response"}, {"contribution", str(response)}, {"statement", statement}};
  }
  void hide() {
    auto fields = decision("You name somebody and say where he lives.");
    fields["reason"] = "personal-data";
    act(moderator, "moderation.hide", fields);
  }

  /// Every way in which a response is read by others.
  std::vector<std::string> ways() const {
    const std::string page = "/delta/consultations/ferries-at-night",
                      api = "/api/v1/platforms/delta/consultations/ferries-at-night";
    return {page,
            page + "/responses",
            page + "/responses?question=1",
            page + "/responses.csv",
            page + "/responses.json",
            api + "/responses",
            api + "/responses?question=1"};
  }
  /// Those of one response alone.
  std::vector<std::string> addresses() const {
    return {"/delta/consultations/ferries-at-night/responses/" + str(response),
            "/api/v1/platforms/delta/consultations/ferries-at-night/responses/" + str(response)};
  }

  std::unique_ptr<dialogue::Moderation> moderation;
  Id consultation{}, response{};
};

TEST_P(Moderated, AHiddenResponseIsReadByNobodyElse) {
  for (const auto& way : ways()) s.visitor().get(way).expect(200).has("zonnebloem");
  for (const auto& address : addresses()) s.visitor().get(address).expect(200).has("zonnebloem");
  hide();
  for (auto* other : {&s.visitor(), &s.person(citizen), &s.person(neighbour), &s.person(administrator)}) {
    for (const auto& way : ways()) other->get(way).expect(200).lacks("zonnebloem").has("I stay where I am.");
    for (const auto& address : addresses()) other->get(address).expect(404).lacks("zonnebloem");
    for (const char* path :
         {"/delta/consultations", "/delta/moderation/log", "/delta/consultations/ferries-at-night/draft"})
      other->get(path).expect(200).lacks("zonnebloem");
  }
  s.visitor().get("/delta/moderation/log").has("Personal data of others").has("You name somebody").has("Response");
}

TEST_P(Moderated, PagesThatWereKeptAreDropped) {
  auto& pages = s.house().pages;
  const auto kept = [&] { return pages.find("polder.test/page", "en", false, "") != nullptr; };
  pages.put(pages.ticket(), "polder.test/page", "en", {page_subject(consultation)}, std::string(words));
  ASSERT_TRUE(kept());
  hide();
  EXPECT_FALSE(kept());
}

TEST_P(Moderated, ItsAuthorReadsWhyItIsHiddenAndHowToObject) {
  hide();
  s.person(author)
      .get(addresses().front())
      .expect(200)
      .has("zonnebloem")
      .has("Personal data of others")
      .has("You name somebody and say where he lives.")
      .has("overseer@oversight.example");
  s.run_jobs();
  const auto mails = s.mails(author);
  ASSERT_FALSE(mails.empty());
  EXPECT_NE(mails.back().text.find(addresses().front()), std::string::npos) << "the mail leads there";
  EXPECT_EQ(mails.back().text.find("zonnebloem"), std::string::npos);
}

TEST_P(Moderated, RestoringBringsBackEverythingAsItWas) {
  const auto before = read([&](storage::ReadTx& tx) { return *store::by_id(tx, consultation); });
  const auto said = read([&](storage::ReadTx& tx) { return *store::response(tx, response); });
  const auto visibility = [&] {
    return read([&](storage::ReadTx& tx) { return record::store::act(tx, said.act)->visibility; });
  };
  EXPECT_EQ(visibility(), record::Visibility::open);
  hide();
  EXPECT_EQ(visibility(), record::Visibility::hidden) << "the record shows the act's words to nobody else either";
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::by_id(tx, consultation)->shown; }), before.shown - 1);
  act(overseer, "moderation.restore", decision("The address is that of his office."));
  EXPECT_EQ(visibility(), record::Visibility::open);
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::by_id(tx, consultation)->shown; }), before.shown);
  for (const auto& way : ways()) s.visitor().get(way).expect(200).has("zonnebloem");
}

TEST_P(Moderated, WhatIsForTheOfficialsOnlyIsNotTheModerators) {
  const Id private_one = respond(consultation, author, "officials", "Between us: zonnebloem.");
  const boost::json::object fields{{"kind", "response"}, {"contribution", str(private_one)}, {"reason", "threat"}};
  for (const auto* email : {citizen, moderator, official}) {
    const auto done = perform(s.actor(email, delta), "moderation.report", fields);
    ASSERT_FALSE(done) << email;
    EXPECT_EQ(done.error().why, Why::not_found) << email;
  }
  const std::string address = "/delta/moderation/response/" + str(private_one);
  s.person(moderator).get(address).expect(404).lacks("zonnebloem");
  s.visitor().get(address + "/report").expect(404);
}

TEST_P(Moderated, AResponseTakenBackIsNotBroughtBackByRestoring) {
  hide();
  act(author, "consultations.withdraw-response", {{"response", str(response)}});
  const auto done = perform(s.actor(overseer, delta), "moderation.restore", decision("A mistake."));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().why, Why::not_found);
  s.visitor().get(addresses().front()).expect(404);
}

TEST_P(Moderated, EverybodyButItsAuthorIsOfferedToReportIt) {
  const std::string link = "/delta/moderation/response/" + str(response) + "/report";
  for (auto* other : {&s.visitor(), &s.person(citizen), &s.person(official)})
    other->get(addresses().front()).expect(200).has(link);
  s.person(author).get(addresses().front()).expect(200).lacks(link);
  s.visitor().get(link).expect(200);
  s.visitor().post(link, {{"reason", "personal-data"}}).to(addresses().front());
  s.person(moderator).get("/delta/moderation").expect(200).has("zonnebloem").has("Personal data of others: 1");
}

ON_BOTH_DATABASES(Moderated);

}  // namespace
}  // namespace polder::consultations
