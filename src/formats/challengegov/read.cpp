// From the feed's fields to challenges, and what was guessed on the way.
#include <algorithm>
#include <array>
#include <set>

#include "formats/challengegov/addresses.h"
#include "formats/challengegov/challengegov.h"
#include "formats/challengegov/criteria.h"
#include "formats/challengegov/feed.h"
#include "formats/challengegov/fields.h"
#include "formats/challengegov/html.h"
#include "formats/challengegov/paragraph.h"
#include "kernel/text/text.h"

namespace polder::challengegov {
namespace {

constexpr std::size_t kShown = 200;  // code points of what a guess shows

std::string join(const std::vector<std::string>& many) {
  std::string out;
  for (const std::string& one : many) out += (out.empty() ? "" : "; ") + one;
  return out;
}

class Reader {
 public:
  explicit Reader(Feed& feed) : feed_(feed) {}

  void add(std::size_t index, const Raw& raw) {
    raw_ = &raw;
    now_ = {};
    now_.index = index;
    const std::size_t guesses = feed_.guesses.size();
    now_.id = line("challenge-id", 64);
    now_.title = line("challenge-title", 300);
    const char* fault = !raw.object                    ? "challengegov.no-object"
                        : raw.misshapen                ? "challengegov.misshapen"
                        : raw.overlong                 ? "challengegov.overlong"
                        : now_.title.empty()           ? "challengegov.no-title"
                        : now_.id.empty()              ? "challengegov.no-id"
                        : !ids_.insert(now_.id).second ? "challengegov.twice"
                                                       : nullptr;
    if (fault != nullptr) {
      feed_.refused.push_back({index, now_.title, {fault}});
      feed_.guesses.resize(guesses);  // of what is left out nothing was guessed
      return;
    }
    names();
    texts();
    moments();
    purse();
    kind();
    feed_.challenges.push_back(std::move(now_));
  }

 private:
  /// One line of plain text, as it may be kept.
  std::string plain(std::string_view written) {
    Paragraph words;
    words.add(written, {});
    auto clean = text::clean(words.text(), text::Lines::one);
    std::string out = clean ? std::move(*clean) : std::string();
    now_.addresses_removed += remove_addresses(out);
    return out;
  }
  std::string plain(std::string_view written, std::size_t longest) { return text::excerpt(plain(written), longest); }
  /// That of a field. What is longer is cut, and that is told.
  std::string line(std::string_view key, std::size_t longest) {
    const std::string whole = plain(raw_->one(key));
    std::string out = text::excerpt(whole, longest);
    if (const std::size_t had = text::length(whole); had > longest)
      guess(key, whole, "", {"challengegov.guess-cut", {{"had", std::int64_t(had)}, {"most", std::int64_t(longest)}}});
    return out;
  }

  void guess(std::string_view field, std::string_view given, std::string taken, Message why) {
    const int before = now_.addresses_removed;
    feed_.guesses.push_back({now_.id, std::string(field), plain(given, kShown), std::move(taken), std::move(why)});
    now_.addresses_removed = before;  // it was counted where it stood
  }

  void names() {
    now_.url = web_address(raw_->one("permalink"));
    now_.website = web_address(raw_->one("external-url"));
    if (const auto given = raw_->one("external-url"); now_.website.empty() && !plain(given, 1).empty())
      guess("external-url", given, "", {"challengegov.guess-no-address"});
    now_.tagline = line("tagline", 500);
    now_.agency = line("agency", 500);
    now_.legal_authority = line("legal-authority", 500);
    std::vector<std::string> partners;
    for (const auto key : {"partner-agencies-federal", "partners-non-federal"})
      if (std::string some = line(key, 1'000); !some.empty()) partners.push_back(std::move(some));
    now_.partners = join(partners);
  }

  // ---- Texts ----

  void section(std::string_view name, std::string_view markdown) {
    auto clean = text::clean(markdown, text::Lines::many);
    std::string words = clean ? std::move(*clean) : std::string();
    // What an address was divided by may have gone in the cleaning, or have been a mark of Markdown.
    now_.addresses_removed += remove_addresses(words);
    if (!words.empty()) now_.sections.push_back({std::string(name), std::move(words)});
  }

  void texts() {
    for (const std::string_view key : {"description", "prizes", "rules", "judging", "how-to-enter"}) {
      const Words words = to_markdown(raw_->one(key));
      now_.addresses_removed += words.addresses_removed;
      if (key == "rules")
        rules(words);
      else
        section(key, words.markdown);
      if (!words.links_completed.empty())
        guess(key, words.links_completed.front(), web_address(words.links_completed.front()),
              {"challengegov.guess-link", {{"count", std::int64_t(words.links_completed.size())}}});
      if (words.links_removed > 0)
        guess(key, "", "", {"challengegov.guess-links-removed", {{"count", std::int64_t(words.links_removed)}}});
      if (words.images_removed > 0)
        guess(key, "", "", {"challengegov.guess-images-removed", {{"count", std::int64_t(words.images_removed)}}});
      if (key == "judging") weights(words);
    }
    if (now_.sections.empty())
      guess("description", "", now_.website.empty() ? now_.url : now_.website, {"challengegov.guess-text-elsewhere"});
  }

  /// Who may take part is told within the rules, under a title of its own.
  void rules(const Words& words) {
    const auto title = [](const Block& b) { return b.at != Block::npos && is_title(b); };
    const auto about = [&](const Block& b) {
      return title(b) && (b.text.find("ligib") != b.text.npos || b.text.find("LIGIB") != b.text.npos);
    };
    const auto begin = std::ranges::find_if(words.blocks, about);
    if (begin == words.blocks.end()) return section("rules", words.markdown);
    // A heading's part ends with the next heading; that of a bold line with the next title of either kind.
    const auto end = std::find_if(begin, words.blocks.end(), [&](const Block& b) {
      return title(b) && !about(b) && (b.kind == begin->kind || b.kind == Block::Kind::heading);
    });
    const std::size_t from = begin->at, to = end == words.blocks.end() ? words.markdown.size() : end->at;
    section("rules", words.markdown.substr(0, from) + words.markdown.substr(to));
    section("eligibility", words.markdown.substr(from, to - from));
    guess("eligibility", begin->text, "", {"challengegov.guess-eligibility"});
  }

  void weights(const Words& words) {
    now_.criteria = criteria(words.blocks);
    if (now_.criteria.empty()) return;
    std::set<std::string> groups;
    std::vector<std::string> taken;
    for (Criterion& c : now_.criteria) {
      c.name = plain(c.name, kShown);
      c.group = plain(c.group, kShown);
      groups.insert(c.group);
      std::string weight = std::to_string(c.weight_hundredths / 100);
      if (const auto rest = c.weight_hundredths % 100; rest != 0)
        weight += '.' + std::to_string(rest / 10) + (rest % 10 == 0 ? "" : std::to_string(rest % 10));
      taken.push_back(c.name + ": " + weight + (c.unit == Criterion::Unit::percent ? " %" : " points"));
    }
    guess("criteria", "", join(taken),
          {"challengegov.guess-criteria",
           {{"count", std::int64_t(now_.criteria.size())}, {"groups", std::int64_t(groups.size())}}});
  }

  // ---- Moments, money, kind ----

  std::optional<Time> moment(std::string_view key, bool closing) {
    const std::string_view given = raw_->one(key);
    if (plain(given, 1).empty()) return {};
    const auto typed = read_moment(given, closing);
    if (!typed) {
      guess(key, given, "", {"challengegov.guess-no-moment"});
      return {};
    }
    if (typed->hour_guessed)
      guess(key, given, iso(typed->time), {closing ? "challengegov.guess-day-ends" : "challengegov.guess-day-begins"});
    if (typed->zone_guessed) guess(key, given, iso(typed->time), {"challengegov.guess-zone"});
    return typed->time;
  }

  void moments() {
    now_.opens = moment("submission-start", false);
    now_.closes = moment("submission-end", true);
    if (!now_.opens || !now_.closes || *now_.closes > *now_.opens) return;
    guess("submission-end", raw_->one("submission-end"), "", {"challengegov.guess-closes-first"});
    now_.closes.reset();
  }

  void purse() {
    constexpr std::string_view key = "total-prize-offered-cash";
    const std::string given = line(key, kShown);
    if (given.empty()) return;
    auto typed = read_purse(given);
    if (!typed) return guess(key, given, "", {"challengegov.guess-no-purse"});
    Purse& purse = typed->purse;
    const auto taken = [&] {
      const std::string cents = std::to_string(purse.minor_units % 100);
      return purse.currency + ' ' + std::to_string(purse.minor_units / 100) + (cents.size() == 1 ? ".0" : ".") + cents;
    };
    if (typed->currency_guessed) guess(key, given, taken(), {"challengegov.guess-currency"});
    if (typed->most_of_several) guess(key, given, taken(), {"challengegov.guess-most"});
    const auto prizes = std::ranges::find(now_.sections, "prizes", &Section::name);
    if (!purse.up_to && prizes != now_.sections.end() && says_up_to(prizes->markdown, purse)) {
      purse.up_to = true;
      guess(key, given, taken(), {"challengegov.guess-up-to"});
    }
    now_.purse = std::move(purse);
  }

  void kind() {
    const auto found = raw_->fields.find("type-of-challenge");
    if (found != raw_->fields.end())
      for (const std::string& type : found->second)
        if (std::string words = plain(type, kShown); !words.empty()) now_.types.push_back(std::move(words));
    if (now_.types.empty()) return;
    now_.kind = guess_kind(now_.types);
    guess("kind", join(now_.types), now_.kind ? std::string(name(*now_.kind)) : "",
          {now_.kind ? "challengegov.guess-kind" : "challengegov.guess-no-kind"});
  }

  Feed& feed_;
  const Raw* raw_ = nullptr;
  Challenge now_;
  std::set<std::string> ids_;
};

}  // namespace

std::string_view name(Kind kind) {
  constexpr std::array<std::string_view, 4> names{"ideation", "theoretical", "reduction-to-practice", "partner-search"};
  return names[std::size_t(kind)];
}

Result<Feed> read(std::string_view json, const Limits& limits) {
  TRY(RawFeed raw, read_json(json, limits));
  Feed out;
  Reader reader(out);
  for (std::size_t i = 0; i < raw.challenges.size(); ++i) {
    const Raw one = std::move(raw.challenges[i]);  // let go of as soon as it is read
    reader.add(i, one);
  }
  std::string title = std::move(raw.title);
  remove_addresses(title);
  if (auto clean = text::clean(title, text::Lines::one)) out.title = text::excerpt(*clean, kShown);
  return out;
}

}  // namespace polder::challengegov
