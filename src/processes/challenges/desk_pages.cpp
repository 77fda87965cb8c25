// What has to happen next, at the top of a challenge's page and of its result: from the first entry screened to the
// last payment nobody who must do something has to look for where.
#include <array>

#include "processes/challenges/judging.h"
#include "processes/challenges/pages.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

/// More of one kind are a number, not a list.
constexpr std::int64_t listed = 10;

class Steps {
 public:
  Steps(const Visit& visit, const Whole& whole, const OnTheWay& way) : visit_(visit), whole_(whole), way_(way) {}

  Html list() && {
    switch (whole_.phase) {
      case Phase::screening:
        screening();
        break;
      case Phase::judging:
        judging();
        break;
      case Phase::deliberation:
        step(may("challenges.announce-result"), "announce", visit_.t("challenges.announce-title"));
        break;
      case Phase::provisional:
        provisional();
        break;
      case Phase::awarded:
      case Phase::finished:
        follow_up();
        break;
      default:
        break;
    }
    // What a stage was awarded for is paid while the prize runs on.
    if (whole_.phase != Phase::finished) payments();
    return items_.empty() ? Html{} : ul(items_);
  }

 private:
  bool may(std::string_view act) const { return may_now(visit_, whole_, act); }

  void step(bool whose, std::string_view path, const std::string& words) {
    if (whose) items_ += li(a(href(to(visit_, whole_.c, path)), words));
  }
  void say(bool whose, const std::string& words) {
    if (whose) items_ += li(words);
  }

  void screening() {
    const bool screens = may("challenges.screen"), begins = may("challenges.begin-judging");
    if (!screens && !begins && !may("challenges.announce-result")) return;
    const std::int64_t waiting =
        visit_.house.database.read([&](storage::ReadTx& tx) { return store::count_unscreened(tx, whole_.c.id); });
    if (waiting > 0) {
      const std::string words = visit_.t("challenges.waiting-for-screening", {{"n", waiting}});
      step(screens, "screening", words);
      say(!screens, words);
      return;
    }
    // Where there is nothing to mark, who met the criteria first is known now.
    if (whole_.statement.mode == Mode::first_to_meet && whole_.statement.rubric.items.empty())
      step(may("challenges.announce-result"), "announce", visit_.t("challenges.announce-title"));
    else
      step(begins, "assignment", visit_.t("challenges.next-begin-judging"));
  }

  void judging() {
    if (!may("challenges.begin-deliberation")) return;
    const bool missing = visit_.house.database.read([&](storage::ReadTx& tx) {
      return store::is_missing(tx, whole_.c.id, current_round(tx, whole_.c, whole_.statement));
    });
    if (missing)
      step(true, "assignment", visit_.t("challenges.next-marks-missing"));
    else
      step(true, "deliberation", visit_.t("challenges.next-begin-deliberation"));
  }

  void provisional() {
    const auto& t = visit_.t;
    const auto& c = whole_.c;
    const bool awards = may("challenges.award"), decides = may("challenges.decide-objection"),
               checks = may("challenges.check-winner"), ranks = may("challenges.announce-result");
    if (!awards && !decides && !checks && !ranks) return;
    bool free = true;
    if (visit_.now < c.objections_until.value_or(Time{})) {
      say(true, t("challenges.objections-open", {{"date", Moment{c.objections_until->ms}}}));
      free = false;
    }
    const auto open = std::ranges::count_if(way_.objections, [](const Objection& o) { return !o.upheld; });
    if (open > 0) {
      const std::string words = t("challenges.next-decide", {{"n", std::int64_t(open)}});
      items_ += li(a(href(to(visit_, c, "result").at("objections")), words));
      free = false;
    }
    const auto& ranked = way_.rankings;
    const bool upheld = std::ranges::any_of(way_.objections, [&](const Objection& o) {
      return o.upheld.value_or(false) && !ranked.empty() && o.decided_at.value_or(Time{}) > ranked.front().at;
    });
    if (upheld) {
      // Only a ranking that is made again, with or without another deliberation, gives it an effect.
      step(ranks, "result", t("challenges.next-upheld"));
      say(!ranks, t("challenges.next-upheld"));
      free = false;
    }
    if (way_.changed) {
      step(ranks, "announce", t("challenges.next-rank-again"));
      say(!ranks, t("challenges.next-rank-again"));
      free = false;
    }
    if (winners(checks) > 0) free = false;
    if (awards) {
      if (free)
        step(true, "award", t("challenges.next-award"));
      else
        say(true, t("challenges.next-award-later"));
    }
  }

  /// Those in line for a prize whose papers nobody has found in order yet.
  std::int64_t winners(bool checks) {
    std::int64_t left = 0;
    for (const auto& w : way_.first) {
      if (w.standing.amount == 0) break;  // the money is with the first
      const auto found = std::ranges::find(way_.checked, w.standing.entry, &store::Checked::entry);
      if (found != way_.checked.end() && found->passed) continue;
      if (++left > listed) continue;
      const std::string words = visit_.t("challenges.next-check", {{"n", w.number}});
      step(checks, "winners/" + std::to_string(w.number), words);
      say(!checks, words);
    }
    return left;
  }

  void payments() {
    const auto& t = visit_.t;
    const bool plans = may("challenges.plan-payments"), pays = may("challenges.pay"),
               accepts = may("challenges.accept-milestone");
    if (!plans && !pays && !accepts) return;
    const auto& tranches = way_.tranches;
    std::int64_t said = 0;
    const auto once = [&](bool whose, const std::string& path, const std::string& words) {
      if (whose && ++said <= listed) step(true, path, words);
    };
    for (const Award& a : way_.awards)
      once(plans && std::ranges::find(tranches, a.id, &Tranche::award) == tranches.end(),
           "awards/" + str(a.id) + "/plan", t("challenges.next-plan", {{"prize", a.prize}}));
    for (const Tranche& part : tranches) {
      const std::string path = "tranches/" + str(part.id);
      if (!part.accepted_at)
        once(accepts && visit_.person && part.accepter == visit_.person->id, path + "/accept",
             t("challenges.next-accept", {{"milestone", part.milestone}}));
      else if (!part.paid_at)
        once(pays, path + "/pay", t("challenges.next-pay", {{"milestone", part.milestone}}));
    }
    if (said == 0 && whole_.phase == Phase::awarded) say(pays || plans, t("challenges.next-wait-for-milestones"));
  }

  void follow_up() {
    if (!may("challenges.follow-up")) return;
    const bool open = std::ranges::any_of(way_.follow_ups, [](const store::FollowUp& f) { return !f.said_at; });
    step(open, "follow-up", visit_.t("challenges.follow-up-title"));
  }

  const Visit& visit_;
  const Whole& whole_;
  const OnTheWay& way_;
  Html items_ = {};
};

}  // namespace

OnTheWay on_the_way(storage::ReadTx& tx, const Whole& whole) {
  const Id c = whole.c.id;
  OnTheWay out;
  out.awards = store::awards(tx, c);
  if (!out.awards.empty()) out.tranches = store::tranches(tx, c);
  if (whole.phase >= Phase::awarded) out.follow_ups = store::follow_ups(tx, c);
  if (whole.phase != Phase::provisional) return out;
  out.objections = store::objections(tx, c);
  out.checked = store::checked_winners(tx, c);
  out.rankings = store::rankings(tx, c);
  out.changed = !out.rankings.empty() && store::marks_changed(tx, c, out.rankings.front().at);
  out.first = store::placed(tx, c, result_page_size + 1);
  return out;
}

Html next_steps(const Visit& visit, const Whole& whole, const OnTheWay& way) { return Steps(visit, whole, way).list(); }

Html next_steps(const Visit& visit, const Whole& whole) {
  if (!visit.person || whole.phase < Phase::open || whole.phase == Phase::cancelled) return {};
  static constexpr std::array<std::string_view, 10> acts{
      "challenges.screen",          "challenges.begin-judging", "challenges.begin-deliberation",
      "challenges.announce-result", "challenges.check-winner",  "challenges.decide-objection",
      "challenges.award",           "challenges.plan-payments", "challenges.accept-milestone",
      "challenges.follow-up"};
  const auto may = [&](std::string_view act) { return may_now(visit, whole, act); };
  if (!may("challenges.pay") && std::ranges::none_of(acts, may)) return {};
  return next_steps(visit, whole,
                    visit.house.database.read([&](storage::ReadTx& tx) { return on_the_way(tx, whole); }));
}

}  // namespace polder::challenges
