// What changed in a statement after it was published: field by field, from what to what, and every version whole.
#include <array>
#include <charconv>

#include "kernel/i18n/country.h"
#include "kernel/i18n/money.h"
#include "kernel/text/text.h"
#include "processes/challenges/pages.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::int64_t page_size = 20;

/// A field as people read it. What takes more than a paragraph stands in a <details>, before and after.
struct Said {
  Html words;
  bool long_words = false;
};

class Sayer {
 public:
  /// `s` is the version that the field is of: its currency says what an amount is.
  Sayer(const Visit& visit, const Statement& s, std::string_view field) : visit_(visit), s_(s), field_(field) {}

  template <std::size_t Max>
  Said operator()(const fields::Line<Max>& line) const {
    if (field_ == "countries") return countries_of(line.value);
    return one(line.value);
  }
  template <std::size_t Max>
  Said operator()(const fields::Text<Max>& written) const {
    return {div(cls("prose stack"), paragraphs(written.value)), text::length(written.value) > 400};
  }
  template <class T>
  Said operator()(const std::optional<T>& maybe) const {
    return maybe ? (*this)(*maybe) : Said{span(cls("quiet"), visit_.t("challenges.says-nothing"))};
  }
  template <std::int64_t Min, std::int64_t Max>
  Said operator()(const fields::Number<Min, Max>& number) const {
    return one(visit_.t.number(number.value));
  }
  Said operator()(bool yes) const { return one(visit_.t(yes ? "challenges.yes" : "challenges.no")); }
  Said operator()(const fields::WallTime& wall) const {
    const auto& zone = visit_.t.zone();
    return one(visit_.t.moment(zone.moment({wall.date, wall.hour, wall.minute})));
  }
  Said operator()(Date date) const { return one(visit_.t.day(date)); }
  Said operator()(Language language) const {
    const auto known = i18n::parse_language(fields::word_of(language));
    return one(known ? std::string(i18n::native_name(*known)) : fields::word_of(language));
  }
  template <class E>
    requires std::is_enum_v<E>
  Said operator()(E choice) const {
    return one(word(choice));
  }
  template <class T, std::size_t Max>
  Said operator()(const fields::List<T, Max>& list) const {
    Html items;
    for (const auto& item : list.items) items += li(said(item));
    return items.empty() ? Said{span(cls("quiet"), visit_.t("challenges.says-nothing"))} : Said{ol(items)};
  }

 private:
  static Said one(const std::string& words) { return {span(words)}; }

  template <class E>
  std::string word(E choice) const {
    // messages: challenges.draft.statement.*
    return visit_.t("challenges.draft.statement." + std::string(field_) + '.' + fields::word_of(choice));
  }

  Said countries_of(const std::string& typed) const {
    std::vector<std::string> names;
    for (const auto& code : countries(typed).value_or(std::vector<std::string>{}))
      names.push_back(i18n::country_name(visit_.t.language(), code));
    return one(visit_.t.all_of(names));
  }

  Html said(const HardCriterion& c) const {
    return plain(c.words.value) +
           (c.evidence ? div(cls("small quiet"), visit_.t("challenges.shown-by", {{"evidence", c.evidence->value}}))
                       : Html{});
  }
  Html said(const Criterion& c) const {
    std::int64_t all = 0;
    for (const auto& one : s_.rubric.items) all += one.weight.value;
    return b(c.name.value) + plain(" ") +
           span(cls("small quiet"), visit_.t("challenges.weight-of", {{"weight", c.weight.value}, {"all", all}}), " · ",
                visit_.t("challenges.marks-to", {{"max", c.max.value}})) +
           (c.anchors ? div(cls("small"), paragraphs(c.anchors->value)) : Html{});
  }
  Html said(const Exclusion& e) const {
    return plain(e.words.value) + (e.organisation ? div(cls("small quiet"), e.organisation->value) : Html{});
  }
  Html said(const EntryField& f) const { return asked(visit_, f); }
  Html said(const Prize& prize) const {
    return plain(prize.name.value + ": ") + b(money_of(prize)) + plain(", ") +
           plain(visit_.t("challenges.draft.statement.prizes.given-for." + fields::word_of(prize.given_for)));
  }
  Html said(Entrant entrant) const { return plain(word(entrant)); }
  Html said(const TieRule& rule) const { return plain(tie_words(visit_, s_, rule)); }

  std::string money_of(const Prize& prize) const {
    const bool whole = i18n::minor_digits(s_.currency.value).value_or(2) == 0;
    return money(visit_, s_, whole ? prize.amount.units / 100 : prize.amount.units);
  }

  const Visit& visit_;
  const Statement& s_;
  std::string_view field_;
};

/// What the statement's own page does not show now is not shown here either: that it changed is.
bool secret(const Visit& visit, const Whole& whole, const Statement& before, const Statement& after,
            std::string_view field) {
  static constexpr std::array<std::string_view, 5> judging{"rubric", "readers", "rounds", "normalisation", "ties"};
  if (field == "seeker") return seeker_hidden(visit, whole, before) || seeker_hidden(visit, whole, after);
  return std::ranges::find(judging, field) != judging.end() && !rubric_shown(visit, whole.phase);
}

Html change(const Visit& visit, const Whole& whole, const Statement& before, const Statement& after,
            std::string_view field, auto member) {
  const auto& t = visit.t;
  const std::string name = t("challenges.draft.statement." + std::string(field));
  if (secret(visit, whole, before, after, field))
    return section(cls("stack close"), h3(name), p(cls("quiet"), t("challenges.changed-unshown")));
  const Said was = Sayer(visit, before, field)(before.*member), is = Sayer(visit, after, field)(after.*member);
  const Html both = web::pairs({{t("challenges.before"), was.words}, {t("challenges.from-now"), is.words}});
  if (!was.long_words && !is.long_words) return section(cls("stack close"), h3(name), both);
  return section(cls("stack close"), h3(name),
                 details(summary(t("challenges.before"), span(cls("visually-hidden"), ": ", name)), was.words),
                 details(summary(t("challenges.from-now"), span(cls("visually-hidden"), ": ", name)), is.words));
}

Html differences(const Visit& visit, const Whole& whole, const Statement& before, const Statement& after) {
  const auto changed = changes(before, after);
  Html out;
  boost::mp11::mp_for_each<boost::describe::describe_members<Statement, boost::describe::mod_public>>([&](auto m) {
    const std::string field = fields::word(m.name);
    if (std::ranges::find(changed, field) != changed.end())
      out += change(visit, whole, before, after, field, m.pointer);
  });
  return out;
}

std::string version_path(std::int64_t number) { return "versions/" + std::to_string(number); }

std::int64_t number_of(std::string_view digits, std::int64_t otherwise) {
  std::int64_t n = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return error == std::errc{} && n >= 0 && std::to_string(n) == digits ? n : otherwise;
}

http::Response amendments(Visit& visit) {
  std::vector<Version> all;
  std::vector<Attachment> attachments;
  const auto whole = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = find(visit, tx);
    if (!found) return found;
    const std::int64_t first = std::min(number_of(visit.query("from"), found->c.version), found->c.version);
    all = store::statements(tx, found->c.id, first, page_size + 1);
    attachments = store::attachments(tx, found->c.id);
    return found;
  });
  if (!whole || whole->c.version == 0) return not_found(visit);
  const auto& t = visit.t;
  const auto& c = whole->c;
  visit.shows(page_subject(c.id));
  Html items;
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    const Version &before = all[i + 1], &after = all[i];
    const bool holds = after.number == c.version;
    std::vector<Attachment> added;
    std::ranges::copy_if(attachments, std::back_inserter(added),
                         [&](const Attachment& a) { return a.version == after.number; });
    items +=
        section(cls("stack"), id("amendment-" + std::to_string(after.number)),
                h2(t("challenges.amendment-n", {{"n", after.number}})), p(cls("meta"), web::when(t, after.made_at)),
                div(language_of(visit, c.language), paragraphs(after.why)),
                differences(visit, *whole, before.statement, after.statement), attachments_told(visit, c, added, 3),
                p(a(href(to(visit, c, version_path(before.number))), t("challenges.read-before")), " · ",
                  holds ? a(href(to(visit, c)), t("challenges.read-now"))
                        : a(href(to(visit, c, version_path(after.number))), t("challenges.read-after"))));
  }
  std::optional<Url> newer, older;
  if (all.front().number < c.version)
    newer =
        to(visit, c, "amendments").with("from", std::to_string(std::min(c.version, all.front().number + page_size)));
  if (std::int64_t(all.size()) > page_size && all.back().number > 0)
    older = to(visit, c, "amendments").with("from", std::to_string(all.back().number));
  return visit.page({.title = t("challenges.amendments"),
                     .main = web::lead(web::crumbs(t, trail(visit, &c)), t("challenges.amendments"),
                                       p(t("challenges.amendments-words")), Html{}) +
                             div(cls("stack loose"), items, web::pager(t, newer, older)),
                     .current = "challenges"});
}

http::Response version(Visit& visit) {
  std::optional<Version> asked;
  std::vector<Attachment> attachments;
  auto whole = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = find(visit, tx);
    const std::int64_t number = number_of(visit.params["version"], -1);
    if (found && found->phase >= Phase::announced && number >= 0 && number <= found->c.version)
      asked = store::version(tx, found->c.id, number);
    if (asked) attachments = store::attachments(tx, found->c.id);
    std::erase_if(attachments, [&](const Attachment& a) { return a.version > number; });
    return found;
  });
  if (!whole || !asked) return not_found(visit);
  const auto& t = visit.t;
  const Challenge c = whole->c;
  visit.shows(page_subject(c.id));
  const std::string title = t("challenges.version-n", {{"n", asked->number}});
  const Time since = asked->number == 0 ? c.published_at.value_or(asked->made_at) : asked->made_at;
  const bool holds = asked->number == c.version;
  auto way = trail(visit, &c);
  if (c.version > 0) way.push_back({t("challenges.amendments"), to(visit, c, "amendments")});
  // Whoever is unnamed now is not named by what was said before.
  asked->statement.seeker_unnamed = asked->statement.seeker_unnamed || whole->statement.seeker_unnamed;
  whole->statement = std::move(asked->statement);
  return visit.page(
      {.title = title,
       .main =
           web::lead(web::crumbs(t, way), whole->statement.title.value,
                     div(language_of(visit, c.language), paragraphs(whole->statement.summary.value)), Html{}) +
           web::notice(holds ? web::Tone::plain : web::Tone::warning,
                       p(b(title), " ",
                         t(holds ? "challenges.version-holds" : "challenges.version-held", {{"date", t.moment(since)}}),
                         " ", a(href(to(visit, c)), t("challenges.read-now")))) +
           promised(visit, *whole, attachments),
       .current = "challenges"});
}

}  // namespace

void add_amendment_pages(House& house) {
  const auto get = [&](const std::string& path, auto handler) {
    house.routes.add(
        {http::Method::get, "/{platform}/challenges/{slug}/" + path, web::Door::anyone, web::Keep::page, 0, handler});
  };
  get("amendments", amendments);
  get("versions/{version}", version);
}

}  // namespace polder::challenges
