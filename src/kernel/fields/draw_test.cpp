// Forms: every control is wired to its label, its hint and its fault, and keeps what was typed.
#include "kernel/fields/draw.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "kernel/fields/trial_test.h"

namespace polder::fields {
namespace {

constexpr std::string_view words = R"({
  "trial.line": "A line", "trial.line.hint": "Short <b>", "trial.text": "A text", "trial.email": "E-mail", "trial.password": "Password",
  "trial.slug": "Name", "trial.address": "Address", "trial.number": "Number", "trial.decimal": "Decimal", "trial.wall-time": "Wall time", "trial.flag": "I agree", "trial.flag.hint": "Really",
  "trial.date": "Day", "trial.moment": "Moment", "trial.colour": "Colour", "trial.colour.red": "Red", "trial.colour.deep-blue": "Deep blue",
  "trial.colour.deep-blue.hint": "As the sea", "trial.colour.new": "New", "trial.colours": "Colours", "trial.colours.red": "Red",
  "trial.colours.deep-blue": "Deep blue", "trial.colours.new": "New", "trial.file": "File", "trial.maybe": "Maybe", "trial.point": "Point",
  "trial.point.x": "X", "trial.point.note": "Note", "trial.maybe-point": "Other point", "trial.maybe-point.x": "X",
  "trial.maybe-point.note": "Note", "trial.points": "Points", "trial.points.row": "Point {n}", "trial.points.x": "X",
  "trial.points.note": "Note", "trial.lines": "Lines", "trial.lines.row": "Line {n}", "trial.lines.hint": "Up to four"})";

const i18n::Voice& voice() {
  static const i18n::Catalogues catalogues([] {
    static std::vector<EmbeddedFile> files;
    for (const auto& f : embedded_below("messages/kernel/")) files.push_back(f);
    files.push_back({"messages/trial/en.json", words});
    return std::span<const EmbeddedFile>(files);
  }());
  static const i18n::Voice en(catalogues, i18n::Language::en, i18n::Zone::utc());
  return en;
}

std::vector<std::string> every(const std::string& html, const std::string& pattern) {
  std::vector<std::string> out;
  const std::regex re(pattern);
  for (std::sregex_iterator it(html.begin(), html.end(), re), end; it != end; ++it) out.push_back((*it)[1]);
  return out;
}

struct Drawn {
  json::object typed;
  std::vector<FieldError> errors;
  Field description = describe<trial::Everything>();
  explicit Drawn(json::object t = {}) : typed(std::move(t)) {
    if (const auto read = fields::read<trial::Everything>(typed); !read && !typed.empty()) errors = read.error().fields;
  }
  Drawing drawing() const { return {voice(), "trial", description, typed, errors}; }
  std::string all() const { return std::string(drawing().all().view()); }
};

void expect_wired(const std::string& html) {
  const auto ids = every(html, " id=\"([^\"]*)\"");
  const std::set<std::string> known(ids.begin(), ids.end());
  EXPECT_EQ(known.size(), ids.size()) << "an id stands once";
  for (const auto& target : every(html, "<label[^>]* for=\"([^\"]*)\"")) EXPECT_TRUE(known.contains(target)) << target;
  for (const auto& list : every(html, "aria-describedby=\"([^\"]*)\"")) {
    std::istringstream each(list);
    for (std::string one; each >> one;) EXPECT_TRUE(known.contains(one)) << one;
  }
  const auto labels = every(html, "<label[^>]* for=\"([^\"]*)\"");
  const std::set<std::string> labelled(labels.begin(), labels.end());
  for (const auto& control : every(html, "<(?:input|textarea|select)((?: [^>]*)?)>")) {
    if (control.find("type=\"hidden\"") != control.npos) continue;
    const auto id = every(control, " id=\"([^\"]*)\"");
    ASSERT_EQ(id.size(), 1U) << control;
    EXPECT_TRUE(labelled.contains(id[0])) << control;
  }
}

TEST(Form, WiresEveryControlToItsLabelHintAndFault) {
  expect_wired(Drawn().all());
  expect_wired(Drawn(trial::good()).all());
  const Drawn wrong(
      json::parse(R"({"line": "far too long a line", "text": "", "flag": "perhaps", "colour": "green", "colours": ["x"],
    "number": "x", "point": 1, "points": {"1": {"x": "9", "note": "n"}}, "lines": ["a", "b", "c", "d", "e"]})")
          .as_object());
  const std::string html = wrong.all();
  expect_wired(html);
  for (const auto& error : wrong.errors) {
    if (error.field == "id" || error.field == "file.name" || error.field.starts_with("colours.")) continue;
    std::string id = "f-" + error.field + "-error";
    std::replace(id.begin(), id.end(), '.', '-');
    EXPECT_NE(html.find("id=\"" + id + '"'), html.npos) << id;
    EXPECT_NE(html.find(id + "\"", html.find("aria-describedby")), html.npos) << id;
  }
  // The summary leads to what is there.
  std::string whole(wrong.drawing().summary().view());
  for (const auto& target : every(whole, "href=\"#([^\"]*)\""))
    EXPECT_NE(html.find("id=\"" + target + '"'), html.npos) << target;
}

TEST(Form, SaysEveryLabelInTheReadersLanguageAndEscapesIt) {
  const std::string html = Drawn().all();
  EXPECT_NE(html.find("Short &lt;b&gt;"), html.npos);
  EXPECT_NE(html.find("Maybe (optional)"), html.npos);
  EXPECT_NE(html.find("Deep blue"), html.npos);
  EXPECT_EQ(html.find("trial."), html.npos) << "no key shows";
  EXPECT_EQ(html.find("fields."), html.npos);
}

TEST(Form, ARowMayStayEmptyAndItsListSaysTheHintOnce) {
  const std::string html = Drawn().all();
  const auto rows = every(html, "<input([^>]*name=\"lines\\.\\d\"[^>]*)>");
  ASSERT_EQ(rows.size(), 2U);
  for (const auto& row : rows) EXPECT_EQ(row.find("aria-required"), row.npos);
  EXPECT_EQ(every(html, "(Up to four)").size(), 1U);
}

TEST(Form, KeepsWhatWasTyped) {
  auto raw = trial::good();
  raw["line"] = "a \"quoted\" <line>";
  raw["text"] = "\nfirst line empty";
  const std::string html = Drawn(raw).all();
  EXPECT_NE(html.find("value=\"a &quot;quoted&quot; &lt;line&gt;\""), html.npos);
  EXPECT_NE(html.find(">\n\nfirst line empty</textarea>"), html.npos);
  EXPECT_EQ(every(html, "<input[^>]*value=\"(deep-blue)\" checked>").size(), 1U);
  EXPECT_NE(html.find("name=\"points.0.x\" value=\"1\""), html.npos);
  EXPECT_NE(html.find("name=\"lines.1\" value=\"b\""), html.npos);
}

TEST(Form, NeverShowsASecretAgain) {
  const Drawn drawn(trial::good());
  EXPECT_EQ(drawn.all().find("horse"), std::string::npos);
  EXPECT_EQ(drawn.drawing().all_hidden().view().find("horse"), std::string::npos)
      << "nor when it is looked at once more";
}

TEST(Form, HiddenFieldsCarryAllThatWasTyped) {
  const std::string html(Drawn(trial::good()).drawing().all_hidden().view());
  for (const auto* part :
       {R"(name="line" value="Water")", R"(name="colours" value="red")", R"(name="colours" value="new")",
        R"(name="file.name" value="law.xml")", R"(name="file.base64" value="PGxhdy8+")",
        R"(name="points.0.note" value="n")", R"(name="number" value="7")"})
    EXPECT_NE(html.find(part), html.npos) << part;
}

TEST(Form, GrowsByTwoRowsUpToTheListsLimit) {
  Drawn drawn;
  EXPECT_EQ(every(drawn.all(), "name=\"points\\.(\\d)\\.x\"").size(), 2U);
  drawn.typed["points"] = json::parse(R"({"1": {"x": "1"}, "18446744073709551615": {"x": "2"}, "x": 1})");
  EXPECT_LE(every(drawn.all(), "name=\"points\\.(\\d+)\\.x\"").size(), 3U);
}

TEST(Form, FindsAFieldByItsPathAndNothingElsewhere) {
  const Field all = describe<trial::Everything>();
  EXPECT_EQ(find(all, "points.12.note")->kind, Kind::line);
  for (const auto* nowhere : {"point.y", "line.x", "points.x", "", "..", "points.0.note.0"})
    EXPECT_TRUE(find(all, nowhere) == nullptr || std::string_view(nowhere).empty()) << nowhere;
  EXPECT_TRUE(Drawn().drawing().field("nothing").empty());
}

}  // namespace
}  // namespace polder::fields
