#include "formats/challengegov/challengegov.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "formats/challengegov/addresses.h"
#include "formats/challengegov/criteria.h"
#include "formats/challengegov/feed.h"
#include "formats/challengegov/fields.h"
#include "formats/challengegov/html.h"
#include "formats/csv/html_text.h"
#include "kernel/html/html.h"
#include "kernel/text/text.h"

namespace polder::challengegov {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::string contents(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
std::string own_feed() { return contents("src/formats/challengegov/testdata/feed.json"); }

Feed feed(std::string_view json) {
  auto out = read(json);
  EXPECT_TRUE(out) << out.error().message.key;
  return out ? std::move(*out) : Feed{};
}
/// A feed with one challenge of these fields.
Feed with(std::string_view fields) {
  return feed(R"({"_challenge":[{"challenge-id":"1","challenge-title":"T")" + std::string(fields.empty() ? "" : ",") +
              std::string(fields) + "}]}");
}
std::vector<std::string> guessed(const Feed& f, std::string_view field) {
  std::vector<std::string> out;
  for (const Guess& g : f.guesses)
    if (g.field == field) out.push_back(g.why.key.substr(std::string_view("challengegov.").size()));
  return out;
}
std::string section(const Challenge& c, std::string_view name) {
  for (const Section& s : c.sections)
    if (s.name == name) return s.markdown;
  return {};
}
std::string markdown(std::string_view html) { return to_markdown(html).markdown; }

// ---- A feed ----

TEST(ChallengeGov, ReadsAFeedAndSaysWhatItGuessed) {
  const Feed f = feed(own_feed());
  EXPECT_EQ(f.title, "Open challenges");
  EXPECT_THAT(f.refused, IsEmpty());
  ASSERT_THAT(f.challenges, SizeIs(2));
  const Challenge& c = f.challenges[0];
  EXPECT_EQ(c.id, "7");
  EXPECT_EQ(c.title, "Quieter pumps");
  EXPECT_EQ(c.tagline, "Keep the polder dry & let the neighbours sleep.");
  EXPECT_EQ(c.url, "https://www.challenge.gov/challenge/quieter-pumps/");
  EXPECT_EQ(c.partners, "Province; Municipality");
  EXPECT_EQ(c.kind, Kind::reduction_to_practice);
  EXPECT_EQ(c.purse, (Purse{"USD", 8'550'000, true}));
  EXPECT_EQ(iso(*c.opens), "2021-04-08T04:00:00Z");
  EXPECT_EQ(iso(*c.closes), "2021-12-04T04:59:00Z");
  EXPECT_THAT(c.criteria, ElementsAre(Criterion{"Silence", "Phase 1", 6'000, Criterion::Unit::percent},
                                      Criterion{"Cost", "Phase 1", 4'000, Criterion::Unit::percent}));
  EXPECT_EQ(section(c, "description"),
            "Pumps are **loud:** at night.\n\n- Some hum\n  1. low\n  2. high\n- Some *rattle*\n\n"
            "See [the list](https://pumps.example/a_b%28c%29) or this.");
  EXPECT_EQ(section(c, "rules"), "Be fair.\n\n**Payment**\n\nBy bank.");
  EXPECT_EQ(section(c, "eligibility"), "**Eligibility Requirements**\n\nAnybody who sleeps near a pump.");
  EXPECT_EQ(section(c, "how-to-enter"),
            "Write to (e-mail address removed) or look at [our pages](https://www.pumps.example).");
  EXPECT_EQ(c.addresses_removed, 1);

  EXPECT_EQ(f.challenges[1].website, "https://elsewhere.example/prize");
  EXPECT_EQ(f.challenges[1].kind, std::nullopt);
  EXPECT_EQ(iso(*f.challenges[1].closes), "2021-09-16T12:00:00Z");

  EXPECT_THAT(guessed(f, "kind"), ElementsAre("guess-kind"));
  EXPECT_THAT(guessed(f, "submission-start"), ElementsAre("guess-zone", "guess-day-begins", "guess-zone"));
  EXPECT_THAT(guessed(f, "submission-end"), ElementsAre("guess-zone")) << "ET is written in the second";
  EXPECT_THAT(guessed(f, "total-prize-offered-cash"), ElementsAre("guess-up-to"));
  EXPECT_THAT(guessed(f, "criteria"), ElementsAre("guess-criteria"));
  EXPECT_THAT(guessed(f, "eligibility"), ElementsAre("guess-eligibility"));
  EXPECT_THAT(guessed(f, "how-to-enter"), ElementsAre("guess-link"));
  EXPECT_THAT(guessed(f, "description"), ElementsAre("guess-links-removed", "guess-text-elsewhere"));
}

TEST(ChallengeGov, LeavesOutWhoManagesAChallenge) {
  const Feed f = feed(own_feed());
  for (const Challenge& c : f.challenges)
    for (const Section& s : c.sections) EXPECT_THAT(s.markdown, Not(HasSubstr("Person")));
}

TEST(ChallengeGov, RefusesAChallengeByItsNameAndReadsTheOthers) {
  const Feed f = feed(R"({"_challenge":[7, "x", {"challenge-id":"1"}, {"challenge-title":"No number"},
    {"challenge-id":"2","challenge-title":"Good"}, {"challenge-id":"2","challenge-title":"Again"},
    {"challenge-id":"3","challenge-title":"Odd","rules":{"a":"b"}},
    {"challenge-id":"4","challenge-title":"Deep","type-of-challenge":["a",["b"]]}, null, []]})");
  EXPECT_THAT(f.challenges, ElementsAre(testing::Field(&Challenge::title, "Good")));
  std::vector<std::string> why;
  for (const Refused& r : f.refused) why.push_back(std::to_string(r.index) + ' ' + r.title + ' ' + r.why.key);
  EXPECT_THAT(
      why, ElementsAre("0  challengegov.no-object", "1  challengegov.no-object", "2  challengegov.no-title",
                       "3 No number challengegov.no-id", "5 Again challengegov.twice", "6 Odd challengegov.misshapen",
                       "7 Deep challengegov.misshapen", "8  challengegov.no-object", "9  challengegov.no-object"));
}

TEST(ChallengeGov, TellsOfALineThatItCuts) {
  const Feed f = with(R"("tagline":")" + std::string(501, 'x') + R"(")");
  EXPECT_THAT(guessed(f, "tagline"), ElementsAre("guess-cut"));
  EXPECT_EQ(text::length(f.challenges[0].tagline), 500U);
  EXPECT_THAT(with(R"("tagline":")" + std::string(500, 'x') + R"(")").guesses,
              Not(testing::Contains(testing::Field(&Guess::field, "tagline"))));
}

TEST(ChallengeGov, GuessesNothingOfWhatItLeavesOut) {
  const Feed f = feed(R"({"_challenge":[{"challenge-title":")" + std::string(400, 'x') + R"("},
                         {"challenge-id":"2","challenge-title":"Good"}]})");
  ASSERT_THAT(f.challenges, SizeIs(1));
  EXPECT_EQ(f.challenges[0].index, 1U);
  for (const Guess& g : f.guesses) EXPECT_EQ(g.challenge, "2");
}

TEST(ChallengeGov, TellsTheLineAndColumnWhereJsonEnds) {
  const auto cut = read("{\n  \"_challenge\": [{]\n}");
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().message,
            (Message{"challengegov.malformed", {{"line", std::int64_t(2)}, {"column", std::int64_t(19)}}}));
  for (const char* json : {"", "{", "[", "{\"_challenge\": [{\"a\": \"\xff\"}]}", "{\"_challenge\": []} x"}) {
    const auto out = read(json);
    ASSERT_FALSE(out) << json;
    EXPECT_EQ(out.error().message.key, "challengegov.malformed") << json;
  }
}

TEST(ChallengeGov, RefusesJsonThatIsNoSuchFeed) {
  for (const char* json : {"{}", "[]", "7", "{\"_challenge\": {}}", "{\"a\": {\"_challenge\": []}}"}) {
    const auto out = read(json);
    ASSERT_FALSE(out) << json;
    EXPECT_EQ(out.error().message.key, "challengegov.not-a-feed") << json;
  }
  EXPECT_THAT(feed("\xef\xbb\xbf{\"_challenge\": []}").challenges, IsEmpty());
}

TEST(ChallengeGov, RefusesBombsOfEveryKind) {
  const auto key = [](const std::string& json, const Limits& limits = {}) {
    const auto out = read(json, limits);
    return out ? std::string("taken") : out.error().message.key;
  };
  EXPECT_EQ(key(std::string(17u << 20, ' ')), "challengegov.too-large");
  EXPECT_EQ(key(std::string(1'000'000, '[')), "challengegov.too-deep");
  EXPECT_EQ(key("{\"_challenge\":" + std::string(1'000, '[')), "challengegov.too-deep");
  std::string many = "{\"_challenge\":[1";
  for (int i = 0; i < 6'000; ++i) many += ",1";
  EXPECT_EQ(key(many + "]}"), "challengegov.too-many");

  const Feed f = with("\"rules\":\"" + std::string(300 << 10, 'a') + '"');
  ASSERT_THAT(f.refused, SizeIs(1));
  EXPECT_EQ(f.refused[0].why.key, "challengegov.overlong");
  std::string list = "\"type-of-challenge\":[\"a\"";
  for (int i = 0; i < 100; ++i) list += ",\"a\"";
  EXPECT_EQ(with(list + "]").refused.at(0).why.key, "challengegov.overlong");
}

TEST(ChallengeGov, SurvivesEveryTruncationOfAFeed) {
  const std::string whole = own_feed();
  ASSERT_FALSE(whole.empty());
  for (std::size_t size = 0; size + 2 < whole.size(); ++size)
    ASSERT_FALSE(read(std::string_view(whole).substr(0, size))) << size;
}

TEST(ChallengeGov, TakesTypesAsTextListOrNothing) {
  EXPECT_THAT(with(R"("type-of-challenge":"Scientific")").challenges.at(0).types, ElementsAre("Scientific"));
  EXPECT_EQ(with(R"("type-of-challenge":"Scientific")").challenges.at(0).kind, Kind::theoretical);
  EXPECT_EQ(with(R"("type-of-challenge":["Ideas"])").challenges.at(0).kind, Kind::ideation);
  EXPECT_EQ(with(R"("type-of-challenge":["Ideas","Software and apps"])").challenges.at(0).kind,
            Kind::reduction_to_practice);
  EXPECT_THAT(guessed(with(R"("type-of-challenge":["Nominations"])"), "kind"), ElementsAre("guess-no-kind"));
  for (const char* none :
       {R"("type-of-challenge":null)", R"("type-of-challenge":[])", R"("type-of-challenge":"")", ""}) {
    EXPECT_THAT(with(none).challenges.at(0).types, IsEmpty());
    EXPECT_THAT(guessed(with(none), "kind"), IsEmpty());
  }
}

TEST(ChallengeGov, HasNoClosingDateBeforeItOpens) {
  const Feed f = with(R"("submission-start":"2021/04/08 1:00 PM ET","submission-end":"2021/04/08 1:00 PM ET")");
  EXPECT_TRUE(f.challenges.at(0).opens);
  EXPECT_FALSE(f.challenges.at(0).closes);
  EXPECT_THAT(guessed(f, "submission-end"), ElementsAre("guess-closes-first"));
}

TEST(ChallengeGov, CleansWhatNobodyTypes) {
  const Feed f = feed(
      "{\"_challenge\":[{\"challenge-id\":\"1\",\"challenge-title\":\" A \\u0000\\u202e\\u0007 B\\n C\\u200b "
      "ann@place.example\"}]}");
  EXPECT_EQ(f.challenges.at(0).title, "A B C (e-mail address removed)");
}

// ---- Moments ----

std::string moment(std::string_view text, bool closing = false) {
  const auto out = read_moment(text, closing);
  return out ? iso(out->time) + (out->zone_guessed ? " z" : "") + (out->hour_guessed ? " h" : "") : "none";
}

TEST(ChallengeGovMoment, IsReadInEachWayThatPeopleTypeIt) {
  EXPECT_EQ(moment("2020/03/19 12 p.m."), "2020-03-19T16:00:00Z z");
  EXPECT_EQ(moment("2021/04/08 12:00 AM"), "2021-04-08T04:00:00Z z");
  EXPECT_EQ(moment("2021/9/16 8:00 AM"), "2021-09-16T12:00:00Z z");
  EXPECT_EQ(moment("2021/03/25 1:00 PM "), "2021-03-25T17:00:00Z z");
  EXPECT_EQ(moment("2021/10/14 11:00 AM ET"), "2021-10-14T15:00:00Z");
  EXPECT_EQ(moment("03/18/2019 12:00 AM"), "2019-03-18T04:00:00Z z");
  EXPECT_EQ(moment("2019-03-18 17:30"), "2019-03-18T21:30:00Z z");
  EXPECT_EQ(moment("2021/12/03, at noon (Pacific Standard Time)"), "2021-12-03T20:00:00Z");
  EXPECT_EQ(moment("2021/12/03 5pm UTC"), "2021-12-03T17:00:00Z");
  EXPECT_EQ(moment("2021/08/31"), "2021-08-31T04:00:00Z z h");
  EXPECT_EQ(moment("2021/08/31", true), "2021-09-01T03:59:00Z z h");
}

TEST(ChallengeGovMoment, KnowsSummerTimeInWashington) {
  EXPECT_EQ(moment("2021/03/14 1:59 AM"), "2021-03-14T06:59:00Z z");
  EXPECT_EQ(moment("2021/03/14 3:00 AM"), "2021-03-14T07:00:00Z z");
  EXPECT_EQ(moment("2021/11/07 1:00 AM"), "2021-11-07T05:00:00Z z") << "the hour comes twice; its first";
  EXPECT_EQ(moment("2021/11/07 2:00 AM"), "2021-11-07T07:00:00Z z");
}

TEST(ChallengeGovMoment, IsNotGuessedFromWhatIsNone) {
  for (const char* text :
       {"", "soon", "2021", "2021/13/01", "2021/02/30", "1999/01/01 1:00 PM", "2021/01/01 25:00", "2021/01/01 13:61",
        "2021/01/01 0:30 AM", "2021/01/01 1:00 PM or so", "20210101", "99999/1/1"})
    EXPECT_EQ(moment(text), "none") << text;
}

// ---- Purses ----

std::string purse(std::string_view text) {
  const auto out = read_purse(text);
  if (!out) return "none";
  return out->purse.currency + ' ' + std::to_string(out->purse.minor_units) + (out->purse.up_to ? " up to" : "") +
         (out->currency_guessed ? " c" : "") + (out->most_of_several ? " m" : "");
}

TEST(ChallengeGovPurse, IsReadInEachWayThatPeopleTypeIt) {
  EXPECT_EQ(purse("$85,500"), "USD 8550000");
  EXPECT_EQ(purse("$3,000,000.00"), "USD 300000000");
  EXPECT_EQ(purse("Up to $400,000"), "USD 40000000 up to");
  EXPECT_EQ(purse("425000"), "USD 42500000 c");
  EXPECT_EQ(purse("USD 1.5 million"), "USD 150000000");
  EXPECT_EQ(purse("875k USD"), "USD 87500000");
  EXPECT_EQ(purse("$5,000 - $10,000"), "USD 1000000 up to m");
  EXPECT_EQ(purse("€ 2,500.75"), "EUR 250075");
  for (const char* text : {"", "$0", "none", "to be announced", "$100 or €100", "99999999999999999999999"})
    EXPECT_EQ(purse(text), "none") << text;
}

TEST(ChallengeGovPurse, IsTheMostThereCanBeWhereTheTextSaysSo) {
  const Purse p{"USD", 87'500'000, false};
  EXPECT_TRUE(says_up_to("Winners are eligible for up to an $875k prize purse", p));
  EXPECT_TRUE(says_up_to("up to a total of $875,000", p));
  EXPECT_FALSE(says_up_to("up to $40,000 each, of $875,000", p));
}

// ---- HTML ----

TEST(ChallengeGovHtml, BecomesMarkdownThatMeansTheSame) {
  EXPECT_EQ(markdown("<h2>One &amp; two</h2>three<br />four<hr><blockquote><p>a</p><p>b</p></blockquote>"),
            "## One & two\n\nthree\\\nfour\n\n***\n\n> a\n>\n> b");
  EXPECT_EQ(markdown("<ol><li><p>a</p><p>b</p></li><li>c</ol><p>d"), "1. a\n\n   b\n2. c\n\nd");
  EXPECT_EQ(markdown("<b>a</b><i>b</i> <b>c<i>d</i></b>"), "**a**b **cd**");
  EXPECT_EQ(markdown("x<strong>(y)</strong>z"), "x **(y)** z") << "without the blanks the asterisks would stay";
  EXPECT_EQ(markdown("reproduction.<sup>12</sup> CO<sub>2</sub> 5<sup>th</sup>"), "reproduction.¹² CO₂ 5th");
  EXPECT_EQ(markdown("<table><tr><td>a</td><td><p>b</p><p>c|d</p></td></tr><tr><td>e</td></tr></table>"),
            "| a | b c\\|d |\n|---|---|\n| e |");
}

TEST(ChallengeGovHtml, EscapesWhatMarkdownWouldTakeForItsOwn) {
  EXPECT_EQ(markdown("<p># no heading</p><p>1. no list</p><p>- none</p><p>*a* _b_ c_d `e` [f](g) &lt;h&gt; \\i</p>"),
            "\\# no heading\n\n1\\. no list\n\n\\- none\n\n\\*a\\* \\_b\\_ c_d \\`e\\` \\[f\\](g) \\<h\\> \\\\i");
  EXPECT_EQ(markdown("a &amp;amp; b & c"), "a \\&amp; b & c");
  EXPECT_EQ(markdown("Q&A, R&D; x"), "Q&A, R\\&D; x");
  EXPECT_EQ(markdown("Now!<a href='https://a.example'>here</a>"), "Now\\![here](https://a.example)");
}

TEST(ChallengeGovHtml, LetsNoScriptThroughAndNoAddressButThoseOfWebsites) {
  const Words w = to_markdown(
      "<script>x</script><style>y</style><!-- z --><iframe src=a>b</iframe><p onclick=\"c\">d</p>"
      "<a href=\"javascript:e\">f</a><a href=' JavaScript:e'>g</a><a href='data:text/html,h'>i</a>"
      "<a href='//evil.example'>j</a><a href='https://a@evil.example'>k</a><a href='{{site.baseurl}}/l'>l</a>"
      "<img src='m' alt='n'><a href='#o'>o</a>");
  EXPECT_EQ(w.markdown, "d\n\nfgijklno");
  EXPECT_EQ(w.links_removed, 6);
  EXPECT_EQ(w.images_removed, 1);
}

TEST(ChallengeGovHtml, OfAnyDepthIsReadInOneGo) {
  std::string deep;
  for (int i = 0; i < 40'000; ++i) deep += "<ul><li><b>";
  deep += "x";
  for (int i = 0; i < 40'000; ++i) deep += "</i></p>";
  EXPECT_THAT(markdown(deep), HasSubstr("**x**"));
  std::string wide = "<p";
  for (int i = 0; i < 60'000; ++i) wide += " a" + std::to_string(i);
  EXPECT_EQ(markdown(wide + ">x</p>"), "x");
  std::string tags(100'000, '<');
  EXPECT_EQ(markdown(tags).size(), 200'000u);
  EXPECT_EQ(markdown(std::string("<a href=\"") + std::string(100'000, 'x')), "");
}

TEST(ChallengeGovAddresses, AreRemovedHoweverTheyAreWritten) {
  const auto removed = [](std::string text) {
    remove_addresses(text);
    return text;
  };
  const std::string gone(removed_address);
  EXPECT_EQ(removed("Ask a.b-c+d@place.example."), "Ask " + gone + ".");
  EXPECT_EQ(removed("“a@b.example”"), "“" + gone + "”");
  EXPECT_EQ(removed("a (at) b.example, c [at] d.example"), gone + ", " + gone);
  EXPECT_EQ(removed("Curtina\\_O.\\_S@a.b.example; x@y.z"), gone + "; " + gone);
  EXPECT_EQ(removed("a@b.c@d.e"), gone + "@d.e");
  EXPECT_EQ(removed("ü@ö.example"), gone);
  for (const char* none : {"@NASA", "a @ b", "5 @ $3", "me@home", "a@.", "@"}) EXPECT_EQ(removed(none), none);
  EXPECT_EQ(markdown("<b>ann</b>@<i>place.example</i> <a href='mailto:x@y.example'>write</a>"),
            "**" + gone + "** write");
}

// ---- Criteria ----

std::vector<std::string> found(std::string_view html) {
  std::vector<std::string> out;
  for (const Criterion& c : criteria(to_markdown(html).blocks))
    out.push_back(c.group + '|' + c.name + '|' + std::to_string(c.weight_hundredths) +
                  (c.unit == Criterion::Unit::percent ? "%" : "p"));
  return out;
}

TEST(ChallengeGovCriteria, AreFoundInEachWayThatPeopleWriteThem) {
  EXPECT_THAT(found("<h4>Criteria</h4><ul><li><strong>Technical Quality (20%):</strong> of it (1) or (2)</li></ul>"),
              ElementsAre("Criteria|Technical Quality|2000%"));
  EXPECT_THAT(found("<ul><li>25 Points: Originality</li><li>5 points: for <b>luck</b></li></ul>"),
              ElementsAre("|Originality|2500p", "|for luck|500p"));
  EXPECT_THAT(found("<ul><li><strong>Proposal:</strong> Is it complete? Maximum points: 5</li></ul>"),
              ElementsAre("|Proposal|500p"));
  EXPECT_THAT(found("<ol><li><strong>Novelty (0-10 points).</strong> Is it new?</li></ol>"),
              ElementsAre("|Novelty|1000p"));
  EXPECT_THAT(found("<ul><li>Does this, including that: (12.5%)</li></ul>"),
              ElementsAre("|Does this, including that|1250%"));
  EXPECT_THAT(found("<table><tr><td><b>1. Quality</b></td><td>Points</td><td>Weighting</td></tr>"
                    "<tr><td><b>Control:</b> is there any?</td><td>0 to 5</td><td>10%</td></tr>"
                    "<tr><td>Y or N</td><td></td><td>*100%</td></tr></table>"),
              ElementsAre("1. Quality|Control|1000%"));
}

TEST(ChallengeGovCriteria, WithPartsAreCountedOnce) {
  EXPECT_THAT(found("<p><b>Phase 1</b></p><p><b>Criterion 0: Complete (pass/fail)</b></p>"
                    "<p><strong>Criterion 1 - Impact (20 points)</strong></p><ul><li>Lasting (4 points)</li></ul>"
                    "<p><b>In the field</b></p><ul><li>Measured (16 points)</li></ul><p><strong>Criterion 2 (80 points "
                    "for EITHER)</strong></p><p>More (10 points).</p>"),
              ElementsAre("Phase 1|Criterion 1 - Impact|2000p", "In the field|Criterion 2|8000p"));
}

TEST(ChallengeGovCriteria, AreNotMadeOfOrdinaryNumbers) {
  EXPECT_THAT(found("<p>Works 95% of the time (for 10 points of measurement).</p><ul><li>Within 10% of it</li>"
                    "<li>(2) more</li><li>(Total Points 100%)</li></ul>"),
              IsEmpty());
}

// ---- The real feed ----

TEST(ChallengeGovRealFeed, IsReadWhole) {
  const char* path = "../shared/data/challenges/challenge-gov-open.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "skipped: ../shared/data is absent";
  const Feed f = feed(contents(path));
  EXPECT_THAT(f.refused, IsEmpty());
  ASSERT_THAT(f.challenges, SizeIs(29));
  int purses = 0, opening = 0, closing = 0, up_to = 0, with_text = 0, weighted = 0, kinds = 0;
  std::int64_t money = 0;
  for (const Challenge& c : f.challenges) {
    opening += c.opens.has_value();
    closing += c.closes.has_value();
    kinds += c.kind.has_value();
    with_text += !c.sections.empty();
    weighted += !c.criteria.empty();
    EXPECT_FALSE(c.sections.empty() && c.website.empty() && c.url.empty()) << c.title;
    if (c.purse) {
      ++purses;
      up_to += c.purse->up_to;
      money += c.purse->minor_units;
    }
    for (const Section& s : c.sections) {
      EXPECT_THAT(s.markdown, Not(HasSubstr("<p"))) << c.title;
      EXPECT_THAT(s.markdown, Not(HasSubstr("mailto:"))) << c.title;
      EXPECT_THAT(s.markdown, Not(HasSubstr("site.baseurl"))) << c.title;
      EXPECT_THAT(addresses(s.markdown), IsEmpty()) << c.title;
    }
  }
  EXPECT_EQ(opening, 29);
  EXPECT_EQ(closing, 29);
  EXPECT_EQ(kinds, 29);
  EXPECT_EQ(purses, 26);
  EXPECT_EQ(money, 2'789'050'000);
  EXPECT_EQ(up_to, 2);
  EXPECT_EQ(with_text, 18);
  EXPECT_EQ(weighted, 10);
  // One challenge whole: dates, table of weights, groups.
  const Challenge& ecotox = f.challenges[0];
  EXPECT_EQ(iso(*ecotox.opens), "2020-03-19T16:00:00Z");
  EXPECT_EQ(iso(*ecotox.closes), "2021-12-04T04:59:00Z");
  std::int64_t sum = 0;
  for (const Criterion& c : ecotox.criteria) sum += c.weight_hundredths;
  EXPECT_EQ(sum, 10'000) << "its weights are all there";
}

/// The letters that a reader sees: without spaces and bullets, which may differ, a list in a table's cell for one.
std::string seen(std::string_view html) {
  std::string out = csv::html_to_text(html);
  remove_addresses(out);
  // Footnotes' numbers are letters of their own in Markdown.
  constexpr std::array<std::string_view, 10> raised{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  for (std::size_t digit = 0; digit < raised.size(); ++digit)
    for (std::size_t at = out.find(raised[digit]); at != out.npos; at = out.find(raised[digit]))
      out.replace(at, raised[digit].size(), std::to_string(digit));
  for (std::size_t at = out.find("\u00a0"); at != out.npos; at = out.find("\u00a0")) out.erase(at, 2);
  std::erase_if(out, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '-'; });
  return out;
}

TEST(ChallengeGovRealFeed, ShowsEveryWordWhenItsMarkdownIsShown) {
  const char* path = "../shared/data/challenges/challenge-gov-open.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "skipped: ../shared/data is absent";
  const auto raw = read_json(contents(path), {});
  ASSERT_TRUE(raw);
  int compared = 0;
  for (const Raw& c : raw->challenges)
    for (const auto* key : {"description", "prizes", "rules", "judging", "how-to-enter"}) {
      const std::string shown(html::markdown(markdown(c.one(key))).view());
      const std::string here = seen(shown), there = seen(c.one(key));
      const std::size_t same = std::size_t(std::ranges::mismatch(here, there).in1 - here.begin());
      EXPECT_TRUE(here == there) << c.one("challenge-title") << ": " << key << "\n"
                                 << here.substr(same, 80) << "\n"
                                 << there.substr(same, 80);
      compared += !here.empty();
    }
  EXPECT_EQ(compared, 89);
}

}  // namespace
}  // namespace polder::challengegov
