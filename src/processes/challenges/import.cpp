#include "processes/challenges/import.h"

#include <algorithm>
#include <set>

#include "formats/challengegov/paragraph.h"
#include "kernel/i18n/money.h"
#include "kernel/text/text.h"

namespace polder::challenges {
namespace {

namespace json = boost::json;
using challengegov::Paragraph;

std::string section(const challengegov::Challenge& c, std::string_view name) {
  const auto found = std::ranges::find(c.sections, name, &challengegov::Section::name);
  return found == c.sections.end() ? "" : found->markdown;
}

/// The first `most` code points.
std::string_view first(std::string_view text, std::size_t most) {
  std::size_t at = 0;
  for (; at < text.size(); ++at)
    if ((std::uint8_t(text[at]) & 0xc0U) != 0x80 && most-- == 0) break;
  return text.substr(0, at);
}

/// Markdown that ends with a whole paragraph; where one is longer than half of it, with a line or a word.
std::string_view whole_paragraphs(std::string_view text, std::size_t most) {
  const std::string_view all = first(text, most);
  for (const std::string_view end : {"\n\n", "\n", " "})
    if (const auto at = all.rfind(end); at != all.npos && at >= all.size() / 2) return all.substr(0, at);
  return all;
}

/// Parts under their headings.
void append(std::string& out, std::string_view heading, std::string_view markdown) {
  if (markdown.empty()) return;
  if (!out.empty()) out += "\n\n";
  if (!heading.empty()) out += "# " + std::string(heading) + "\n\n";
  out += markdown;
}

/// A fact of the feed as an item of a list; `value` is plain text.
void item(std::string& out, std::string_view what, const std::string& value) {
  if (value.empty()) return;
  out += (out.empty() ? "- " : "\n- ") + std::string(what) + ": " +
         challengegov::escape_markdown(value, Paragraph::In::paragraph, false);
}
void link(std::string& out, std::string_view what, const std::string& address) {
  if (!address.empty()) out += (out.empty() ? "- " : "\n- ") + std::string(what) + ": <" + address + ">";
}

class Writer {
 public:
  Writer(const challengegov::Challenge& c, Time now, const i18n::Zone& zone) : c_(c), now_(now), zone_(zone) {}

  Begun write() && {
    words();
    rubric();
    purse();
    times();
    for (const Assumed& a : assumed_for_all()) same_for_all(a);
    return std::move(out_);
  }

 private:
  void assume(std::string_view field, std::string given, std::string taken, Message why) {
    out_.assumed.push_back({std::string(field), std::move(given), std::move(taken), std::move(why)});
  }
  /// What a statement needs and the feed does not have.
  std::string needed(std::string_view field, std::string taken) {
    assume(field, "", taken, {"challenges.import-needed"});
    return taken;
  }
  static Message cut(std::size_t had, std::size_t most) {
    return {"challenges.import-cut", {{"had", std::int64_t(had)}, {"most", std::int64_t(most)}}};
  }

  std::string line(std::string_view field, const std::string& text, std::size_t most) {
    const std::size_t had = text::length(text);
    if (had <= most) return text;
    std::string shorter = text::excerpt(text, most);
    assume(field, text, shorter, cut(had, most));
    return shorter;
  }

  /// A text keeps its paragraphs, and says itself where it goes on.
  std::string text(std::string_view field, std::string markdown, std::size_t most) {
    const std::size_t had = text::length(markdown);
    if (had <= most) return markdown;
    const std::string& where = c_.url.empty() ? c_.website : c_.url;
    const std::string note =
        where.empty() ? "*This text is shortened.*" : "*This text is shortened. The whole is at* <" + where + ">";
    const std::string_view kept = whole_paragraphs(markdown, most - text::length(note) - 2);
    assume(field, "", std::string(text::excerpt(kept.substr(kept.size() - std::min<std::size_t>(kept.size(), 80)), 80)),
           cut(had, text::length(kept)));
    return std::string(kept) + "\n\n" + note;
  }

  /// Where a text of the feed now stands.
  void moved(std::string_view field, std::string_view to) {
    assume(field, "", std::string(to), {"challenges.import-moved"});
  }

  std::string plain(const std::string& words) const {
    return challengegov::escape_markdown(words, Paragraph::In::paragraph, true);
  }

  void words() {
    auto& s = out_.statement;
    const std::string elsewhere = !c_.website.empty() ? c_.website : c_.url;
    const std::string see = elsewhere.empty() ? plain(c_.title) : "See <" + elsewhere + ">.";
    s["title"] = line("title", c_.title, 160);
    s["summary"] = c_.tagline.empty() ? needed("summary", c_.title) : line("summary", c_.tagline, 1'000);
    s["language"] = "en";
    s["kind"] = c_.kind ? std::string(challengegov::name(*c_.kind)) : needed("kind", "ideation");
    s["seeker"] = c_.agency.empty() ? needed("seeker", "Challenge.gov") : line("seeker", c_.agency, 160);

    const std::string problem = section(c_, "description"), solution = section(c_, "how-to-enter");
    s["problem"] = text("problem", problem.empty() ? needed("problem", see) : problem, 20'000);
    s["solution"] = text("solution", solution.empty() ? needed("solution", "See the problem.") : solution, 10'000);

    std::string background;
    for (const auto& [name, heading] : {std::pair{"prizes", "Prizes"}, {"judging", "Judging"}}) {
      append(background, heading, section(c_, name));
      if (!section(c_, name).empty()) moved(name, "background");
    }
    append(background, "From the feed", facts());
    if (!background.empty()) s["background"] = text("background", std::move(background), 20'000);

    // Who may enter comes first: the rules are what may have to be cut.
    const std::string eligibility = section(c_, "eligibility"), rules = section(c_, "rules");
    std::string agreement;
    if (!eligibility.empty()) {
      append(agreement, eligibility.starts_with('#') || eligibility.starts_with("**") ? "" : "Who may enter",
             eligibility);
      assume("eligibility", "", "agreement", {"challenges.import-unchecked"});
    }
    append(agreement, agreement.empty() ? "" : "Rules", rules);
    s["agreement"] = text("agreement", agreement.empty() ? needed("agreement", see) : std::move(agreement), 20'000);
    s["rights"] = needed("rights", "winners-only");
    s["rights-words"] = needed("rights-words", "As the rules say.");
  }

  /// What has no field of its own.
  std::string facts() {
    std::string out;
    if (text::length(c_.agency) > 160) item(out, "Agency", c_.agency);
    std::string types;
    for (const auto& type : c_.types) types += (types.empty() ? "" : "; ") + type;
    const auto fact = [&](std::string_view field, std::string_view what, const std::string& value) {
      item(out, what, value);
      if (!value.empty()) moved(field, "background");
    };
    fact("partners", "With", c_.partners);
    fact("legal-authority", "Legal authority", c_.legal_authority);
    fact("type-of-challenge", "Types", types);
    if (c_.purse) {
      const auto& [currency, amount, up_to] = *c_.purse;
      item(out, "Purse", (up_to ? "up to " : "") + i18n::money(i18n::Language::en, currency, amount));
    }
    link(out, "Website", c_.website);
    link(out, "At Challenge.gov", c_.url);
    if (!c_.website.empty()) moved("external-url", "background");
    return out;
  }

  void rubric() {
    constexpr std::size_t most = 12;
    json::array lines;
    std::set<std::string> groups;
    bool rounded = false;
    for (const auto& criterion : c_.criteria) groups.insert(criterion.group);
    for (const auto& criterion : c_.criteria) {
      if (lines.size() == most) break;
      const std::int64_t weight = std::clamp<std::int64_t>((criterion.weight_hundredths + 50) / 100, 1, 100);
      rounded = rounded || weight * 100 != criterion.weight_hundredths;
      std::string name = criterion.name;
      if (groups.size() > 1 && !criterion.group.empty()) name = criterion.group + ": " + name;
      lines.push_back(json::object{{"name", line("rubric", name, 100)}, {"weight", weight}, {"max", 10}});
    }
    const auto count = [](std::size_t n) { return std::int64_t(n); };
    if (c_.criteria.size() > most)
      assume("rubric", std::to_string(c_.criteria.size()), std::to_string(most),
             {"challenges.import-criteria-left", {{"count", count(c_.criteria.size() - most)}}});
    if (groups.size() > 1) assume("rubric", "", "", {"challenges.import-groups", {{"count", count(groups.size())}}});
    if (rounded) assume("rubric", "", "", {"challenges.import-rounded"});
    if (!lines.empty())
      assume("rubric", "", "10", {"challenges.import-scale"});
    else
      lines.push_back(json::object{{"name", needed("rubric", "As a whole")}, {"weight", 1}, {"max", 10}});
    out_.statement["rubric"] = std::move(lines);
  }

  void purse() {
    std::string name = "Prize";
    std::int64_t amount = 100;
    std::string currency = "USD";
    if (c_.purse && c_.purse->minor_units > 0) {
      currency = c_.purse->currency;
      amount = c_.purse->minor_units;
      const std::string taken = fields::decimal_text(amount, 2);
      assume("prizes", taken, "place: " + taken, {"challenges.import-one-prize"});
      if (c_.purse->up_to) {
        name = "Prize (up to)";
        assume("prizes", "up to " + taken, name + ": " + taken, {"challenges.import-up-to"});
      }
    } else {
      name = "To be decided";
      needed("prizes", name + ": 1.00");
      needed("currency", currency);
    }
    out_.statement["prizes"] =
        json::array{json::object{{"name", name}, {"amount", fields::decimal_text(amount, 2)}, {"given-for", "place"}}};
    out_.statement["currency"] = currency;
  }

  // ---- times: the feed's are moments, a statement's are what the platform's clock shows then ----

  std::string wall(std::string_view field, Time at) {
    const i18n::Civil civil = zone_.civil(at);
    std::string shown =
        fields::Trait<fields::WallTime>::write({civil.date, civil.hour, civil.minute}).as_string().c_str();
    // The hour that comes twice is read as the first.
    if (at - zone_.moment(civil) >= minute_ms)
      assume(field, iso(at), shown + ' ' + zone_.name(), {"challenges.import-hour-twice"});
    return shown;
  }

  void times() {
    auto& s = out_.statement;
    const Time opens = c_.opens ? *c_.opens : Time{now_.ms - now_.ms % minute_ms} + day_ms;
    const bool closing = c_.closes && *c_.closes > opens;
    const Time closes = closing ? *c_.closes : opens + 90 * day_ms;
    s["opens"] = wall("opens", opens);
    s["closes"] = wall("closes", closes);
    if (!c_.opens) needed("opens", iso(opens));
    if (!closing) needed("closes", iso(closes));
  }

  void same_for_all(const Assumed& a) {
    out_.assumed.push_back(a);
    if (a.field == "entry")
      out_.statement["entry"] =
          json::array{json::object{{"label", a.taken}, {"at-most", 20'000}, {"judges-see", true}}};
    else if (!a.taken.empty())
      out_.statement[a.field] = a.taken;
  }

  const challengegov::Challenge& c_;
  Time now_;
  const i18n::Zone& zone_;
  Begun out_ = {};
};

}  // namespace

const std::vector<Assumed>& assumed_for_all() {
  static const std::vector<Assumed> all = [] {
    std::vector<Assumed> out;
    for (const auto& [field, taken] : {std::pair{"mode", "ranked"},
                                       {"entry", "Your solution"},
                                       {"objection-days", "14"},
                                       {"follow-up-months", "12"},
                                       {"team-size", "10"},
                                       {"entries-a-team", "1"},
                                       {"files", "5"},
                                       {"file-megabytes", "100"},
                                       {"readers", "3"},
                                       {"rounds", "1"},
                                       {"normalisation", "none"}})
      out.push_back({field, "", taken, {"challenges.import-for-all"}});
    for (const auto* field : {"entrants", "countries", "minimum-age", "criteria", "no-solution", "questions-until",
                              "merge-until", "judged-by", "ties"})
      out.push_back({field, "", "", {"challenges.import-empty"}});
    for (const auto* field : {"challenge-manager", "challenge-manager-email", "point-of-contact"})
      out.push_back({field, "", "", {"challenges.import-people"}});
    for (const auto* field : {"card-image", "agency-logo", "fiscal-year", "challenge_status"})
      out.push_back({field, "", "", {"challenges.import-left-out"}});
    return out;
  }();
  return all;
}

Begun statement_from(const challengegov::Challenge& c, Time now, const i18n::Zone& zone) {
  return Writer(c, now, zone).write();
}

}  // namespace polder::challenges
