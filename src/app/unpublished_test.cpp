// A consultation that is not published is for those who write it: no address of the program, whichever room it belongs
// to, tells anybody else a word of it, and neither does the record, which everybody may copy and keep.
#include <gmock/gmock.h>

#include "app/program_test.h"
#include "kernel/base/encode.h"
#include "record/store.h"

namespace polder::app {
namespace {

namespace json = boost::json;

/// Words that nothing else in the program says; those of the title, and the others.
const std::vector<std::string> first_title{"quagmire", "heliport"},
    other_words{"xylophone", "marzipan", "wolfram", "obelisk"};

class Unpublished : public OnEach {
 protected:
  void SetUp() override {
    OnEach::SetUp();
    if (IsSkipped()) return;
    delta = program.platform("delta");
    people.emplace("visitor", program.visitor());
    people.emplace("citizen", program.person("citizen@example.org"));
    people.emplace("official", program.person("official@example.org"));
    program.give(delta, "official@example.org", "official");
  }

  record::Recorded act(std::string_view name, const json::object& fields) {
    const record::Actor official{
        .kind = record::Actor::Kind::person, .person = program.id_of("official@example.org"), .roles = {"official"}};
    return program.act(delta, official, name, fields);
  }
  json::object words(std::string_view title) {
    return {{"title", title},
            {"summary", "A xylophone."},
            {"can-change", "Marzipan."},
            {"cannot-change", "Marzipan."},
            {"language", "en"},
            {"first-day", "2027-02-01"},
            {"last-day", "2027-03-31"},
            {"law", {{"name", "wolfram.md"}, {"base64", base64("# Wolfram\n\n## Article 1. Wolfram\n\nIs heavy.\n")}}},
            {"note", "An obelisk."},
            {"questions", {"Which obelisk?"}}};
  }
  std::string slug_of(Id consultation) {
    const auto all =
        people.at("official").get("/api/v1/platforms/delta/consultations").json().at("consultations").as_array();
    for (const auto& one : all)
      if (one.at("id").as_string() == str(consultation)) return std::string(one.at("slug").as_string());
    return {};
  }

  /// Every address that can be read, with the parts of its pattern filled in as well as anybody could.
  std::vector<std::string> addresses(const std::string& slug, const record::Recorded& drafted) {
    const auto size = std::to_string(drafted.position + 1);
    const std::map<std::string, std::vector<std::string>> parts{{"platform", {"delta"}},
                                                                {"slug", {slug, str(drafted.made)}},
                                                                {"act", {str(drafted.act)}},
                                                                {"rest…", {"0/000.p/" + size, "entries/000.p/" + size}},
                                                                {"kind", {"response"}}};
    std::vector<std::string> out;
    program.house().routes.each([&](const web::Route<people::Visit>& route) {
      if (route.method != http::Method::get) return;
      std::vector<std::string> begun{""};
      for (std::size_t at = 0; at < route.pattern.size();) {
        std::vector<std::string> next{std::string(1, route.pattern[at])};
        std::size_t length = 1;
        if (route.pattern[at] == '{') {
          length = route.pattern.find('}', at) - at + 1;
          const auto known = parts.find(std::string(route.pattern.substr(at + 1, length - 2)));
          next = known == parts.end() ? std::vector{str(drafted.made)} : known->second;
        }
        std::vector<std::string> longer;
        for (const auto& address : begun)
          for (const auto& part : next) longer.push_back(address + part);
        begun = std::move(longer);
        at += length;
      }
      out.insert(out.end(), begun.begin(), begun.end());
    });
    return out;
  }

  /// Who is told which of these words where: everybody by the record's leaves, visitors and citizens by an address.
  std::set<std::string> told(const std::vector<std::string>& secret, const std::string& slug,
                             const record::Recorded& drafted) {
    std::set<std::string> out;
    const auto look = [&](std::string text, const std::string& where) {
      std::ranges::transform(text, text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
      for (const auto& word : secret)
        if (text.find(word) != text.npos) out.insert(where + " says " + word);
    };
    program.house().database.read([&](storage::ReadTx& tx) {
      for (const auto& entry : record::store::entries(tx, delta, 0, 1'000)) look(entry, "a leaf");
    });
    for (const auto& address : addresses(slug, drafted))
      for (const std::string who : {"visitor", "citizen"}) {
        std::string body = people.at(who).get(address).body;
        // An error page may say the address that was asked for: whoever asked had it already.
        for (auto at = body.find(slug); address.find(slug) != address.npos && at != body.npos; at = body.find(slug))
          body.erase(at, slug.size());
        look(std::move(body), address + " for the " + who);
      }
    return out;
  }

  Id delta{};
  std::map<std::string, Somebody> people;
};
ON_EACH(Unpublished);

TEST_P(Unpublished, NoAddressAndNoLeafTellsAWordOfADraft) {
  const auto drafted = act("consultations.draft", words("Quagmire for a heliport"));
  auto revised = words("Quagmire for a heliport");
  revised["consultation"] = str(drafted.made);
  act("consultations.revise", revised);
  const std::string slug = slug_of(drafted.made), page = "/delta/consultations/" + slug;
  ASSERT_EQ(slug, "quagmire-for-a-heliport");
  auto& official = people.at("official");
  EXPECT_EQ(official.get(page).status, 200);
  EXPECT_TRUE(official.get("/delta/receipts/" + str(drafted.act)).has(page)) << "the receipt leads there";
  EXPECT_EQ(people.at("visitor").get(page).status, 404);
  EXPECT_EQ(people.at("citizen").get(page).status, 404);
  auto secret = first_title;
  secret.insert(secret.end(), other_words.begin(), other_words.end());
  EXPECT_THAT(told(secret, slug, drafted), testing::IsEmpty());
}

TEST_P(Unpublished, ATitleThatWasThoughtBetterOfIsToldByNothingAfterwards) {
  const auto drafted = act("consultations.draft", words("Quagmire for a heliport"));
  auto revised = words("A zeppelin in the harbour");
  revised["consultation"] = str(drafted.made);
  act("consultations.revise", revised);
  act("consultations.publish", {{"consultation", str(drafted.made)}});
  const std::string slug = slug_of(drafted.made);
  EXPECT_EQ(people.at("visitor").get("/delta/consultations/" + slug).status, 200);
  EXPECT_TRUE(people.at("visitor").get("/delta/record").has("consultations/" + slug));
  EXPECT_THAT(told(first_title, slug, drafted), testing::IsEmpty());
}

}  // namespace
}  // namespace polder::app
