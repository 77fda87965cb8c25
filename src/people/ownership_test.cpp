// Whose an organisation is, and whom that ties to whom.
#include "kernel/i18n/country.h"
#include "people/affiliations.h"
#include "people/scenario_test.h"
#include "people/store.h"

namespace polder::people {
namespace {

constexpr auto anna = "anna@example.org", bob = "bob@example.org", eve = "eve@example.org";

class Ownership : public OnBothDatabases {
 protected:
  std::string make(const std::string& who, const std::string& name, const std::string& country = "") {
    const std::string page =
        s.person(who, {.name = who.substr(0, 3)})
            .post("/account/organisations", {{"organisation-name", name}, {"kind", "company"}, {"country", country}})
            .header("location");
    return page.substr(page.rfind('/') + 1);
  }
  static std::string page(const std::string& organisation, const std::string& step = "") {
    return "/account/organisations/" + organisation + (step.empty() ? "" : '/' + step);
  }
  Answer declare(const std::string& who, const std::string& part, const std::string& owner) {
    return s.person(who).post(page(part, "declare-owner"), {{"part-of", owner}});
  }
  /// "owner name, confirmed or not", for each person asked about.
  std::vector<Affiliation> of(std::initializer_list<const char*> people) {
    std::vector<Id> ids;
    for (const auto* who : people) ids.push_back(s.id_of(who));
    return s.house().database.read([&](storage::ReadTx& tx) { return affiliations(tx, ids); });
  }
  Tie between(const char* one, const char* other) {
    return tie_between(of({one, other}), s.id_of(one), s.id_of(other));
  }
};
ON_BOTH_DATABASES(Ownership);

TEST_P(Ownership, IsDeclaredByOneAndConfirmedByTheOther) {
  const auto part = make(anna, "Pumps", "NL"), owner = make(bob, "Holding");
  s.person(anna).get(page(part)).expect(200).has("Netherlands").has(part);
  declare(anna, part, owner).to(page(part)).follow().has("Holding").has("declared, not confirmed yet");
  s.person(eve).post(page(part, "confirm-owner")).expect(404);
  s.person(anna).post(page(part, "confirm-owner")).expect(404);
  s.person(bob).get(page(owner)).has("Pumps").has("Confirm that it is a part");
  s.person(bob).post(page(part, "confirm-owner")).to(page(owner)).follow().has("confirmed by both");
  s.person(anna).get(page(part)).has("confirmed by both");
  s.person(eve).post(page(part, "end-ownership")).expect(404);
  s.person(bob).post(page(part, "end-ownership")).to(page(owner)).follow().lacks("Pumps");
  s.person(anna).get(page(part)).lacks("Holding");
}

TEST_P(Ownership, OnlyAdministratorsSpeakForAnOrganisation) {
  const auto part = make(anna, "Pumps"), owner = make(bob, "Holding");
  s.person(anna).post(page(part), {{"email", eve}, {"role", "member"}}).expect(303);
  s.person(eve).post(page(part, "join")).expect(303);
  declare(eve, part, owner).expect(403);
  declare(bob, part, owner).expect(404);
  s.person(eve).post(page(part, "describe"), {{"kind", "other"}}).expect(403);
  s.person(eve).get(page(part)).expect(200).lacks("declare-owner");
}

TEST_P(Ownership, WhatAnOrganisationIsCanBeCorrected) {
  const auto it = make(anna, "Pumps");
  s.person(anna)
      .post(page(it, "describe"), {{"kind", "research"}, {"country", "XX"}})
      .expect(422)
      .has("one of the options");
  s.person(anna)
      .post(page(it, "describe"), {{"kind", "research"}, {"country", "BE"}})
      .to(page(it))
      .follow()
      .has("Belgium");
  s.person(anna)
      .post(page(it, "describe"), {{"kind", "research"}, {"country", ""}})
      .to(page(it))
      .follow()
      .has("Research");
}

TEST_P(Ownership, NoOrganisationOwnsItselfHoweverFarRound) {
  const auto a = make(anna, "A"), b = make(anna, "B"), c = make(anna, "C");
  declare(anna, a, a).expect(422).has("cannot be part of itself");
  declare(anna, a, b).expect(303);
  declare(anna, b, c).expect(303);
  declare(anna, c, a).expect(422).has("cannot be part of itself");
  declare(anna, c, "0123456789abc").expect(422);
}

TEST_P(Ownership, AChainHasAnEnd) {
  std::vector<std::string> chain;
  for (int i = 0; i < 10; ++i) chain.push_back(make(anna, "No " + std::to_string(i)));
  for (std::size_t i = 0; i < 8; ++i) declare(anna, chain[i], chain[i + 1]).expect(303);
  declare(anna, chain[8], chain[9]).expect(422).has("At most 8");
  EXPECT_EQ(of({anna}).size(), 10u) << "each once, by the nearest way: a member of all of them";
}

TEST_P(Ownership, TiesPeopleOfOneHouse) {
  const auto pumps = make(anna, "Pumps"), pipes = make(bob, "Pipes"), holding = make(eve, "Holding");
  EXPECT_EQ(between(anna, bob), Tie::none);
  declare(anna, pumps, holding).expect(303);
  EXPECT_EQ(between(anna, eve), Tie::ownership) << "declared is enough to be asked about";
  EXPECT_EQ(between(anna, bob), Tie::none);
  declare(bob, pipes, holding).expect(303);
  EXPECT_EQ(between(anna, bob), Tie::ownership) << "of one owner";
  s.person(anna).post(page(pumps), {{"email", bob}, {"role", "member"}}).expect(303);
  s.person(bob).post(page(pumps, "join")).expect(303);
  EXPECT_EQ(between(bob, anna), Tie::same_organisation);
}

TEST_P(Ownership, SaysWhatWasConfirmedAndHowFarItIs) {
  const auto pumps = make(anna, "Pumps"), holding = make(bob, "Holding"), trust = make(bob, "Trust");
  declare(anna, pumps, holding).expect(303);
  declare(bob, holding, trust).expect(303);
  s.person(bob).post(page(holding, "confirm-owner")).expect(303);
  const Id person = s.id_of(anna);
  const auto id = [](const std::string& text) { return parse_id(text).value(); };
  EXPECT_EQ(of({anna}),
            (std::vector<Affiliation>{
                {person, id(pumps), 0, true}, {person, id(holding), 1, false}, {person, id(trust), 2, false}}));
  s.person(bob).post(page(pumps, "confirm-owner")).expect(303);
  EXPECT_TRUE(of({anna}).back().confirmed);
}

TEST_P(Ownership, IsOneStatementForAsManyPeopleAsThereAre) {
  const auto pumps = make(anna, "Pumps"), holding = make(bob, "Holding");
  declare(anna, pumps, holding).expect(303);
  (void)s.person(eve);
  const std::vector<Id> all{s.id_of(eve), s.id_of(bob), s.id_of(anna), Id{7}};
  s.house().database.read([&](storage::ReadTx& tx) {
    const auto before = tx.statements();
    EXPECT_EQ(affiliations(tx, all).size(), 3u) << "who belongs nowhere is nowhere";
    EXPECT_EQ(tx.statements() - before, 1u);
    EXPECT_TRUE(affiliations(tx, {}).empty());
  });
}

TEST(Countries, AreThoseOfTheStandardInTheReadersWords) {
  EXPECT_TRUE(i18n::is_country("NL"));
  for (const auto* none : {"", "nl", "XX", "NLD", "EU"}) EXPECT_FALSE(i18n::is_country(none)) << none;
  EXPECT_EQ(i18n::country_name(i18n::Language::de, "NL"), "Niederlande");
  EXPECT_EQ(i18n::country_name(i18n::Language::nl, "DE"), "Duitsland");
}

}  // namespace
}  // namespace polder::people
